"""docs/templates.md says of Word templates what tests show: each sentence and row before its part on Excel names its tests."""

import pytest
from held_sentences import assert_held, sentences_of

HELD: dict[str, str] = {
    "`link` |": "test_active_content_is_refused_or_allowed_by_name", "`linked-file`": "test_active_content_is_refused_or_allowed_by_name",
    "`field`": "test_active_content_is_refused_or_allowed_by_name", "`altchunk`": "test_active_content_is_refused_or_allowed_by_name",
    "`ole`": "test_objects_in_loops_keep_their_shapes", "`activex`": "test_active_content_is_refused_or_allowed_by_name",
    "`connection`": "test_connections_of_workbooks_are_active_content", "`add-in`": "test_add_ins_are_active_content",
    "`{{ scheme.title }}`": "test_a_value_stands_where_its_tag_stood", "`{% if ... %}": "test_the_same_as_docxtpl",
    "`{%p if ... %}`": "test_paragraphs_repeat_with_the_tables_in_them", "`{%tr for": "test_rows_repeat_and_nest",
    "`{%tc for": "test_the_same_as_docxtpl", "`{%r if": "test_the_same_as_docxtpl", "`{% colspan n %}`": "test_hm_and_colspan_in_one_cell",
    "`{% hm %}`": "test_hm_and_colspan_in_one_cell", "`{% cellbg": "test_cell_tags_keep_the_order_of_the_schema",
    "`{% vm %}` at": "test_cells_merge_down_over_looped_rows", "`{% vm claim %}`": "test_cells_merge_down_over_looped_rows",
    "`{%p include": "test_blocks_are_put_in_and_keep_their_places", '`{{ "Sewaktu': "test_words_not_chosen_are_struck_through",
    "`{{ list": "test_the_same_as_docxtpl", "`{{r value }}`": "test_rich_text_looks_as_asked_and_else_like_its_tag",
    "`{{p value }}`": "test_paragraphs_from_a_list", "`{%- ...": "test_dashes_join_at_breaks_spelled_out test_the_same_as_docxtpl",
    "`{%p restart %}`": "test_lists_go_on_over_iterations_unless_they_restart test_lists_that_come_with_a_style_restart_too",
    "`{_{ x }_}`": "test_a_value_that_looks_like_a_tag_prints_as_typed", "`{# note #}`": "test_comments_are_left_out",
    "`loop.index`": "test_the_same_as_docxtpl",
    "a footnote or endnote": "test_a_note_in_a_loop_comes_with_each_iteration test_notes_with_links_and_rich_text_are_repeated",
    "a comment, a bookmark": "test_a_comment_in_a_loop_stays_at_the_first_iteration test_a_bookmark_in_a_loop_stays_at_the_first_iteration",
    "a permission": "test_permissions_and_moves_in_loops_get_ids_of_their_own test_objects_in_loops_keep_their_shapes test_ids_are_not_repeated_by_loops",
    "a link whose address": "test_links_in_loops_lead_where_each_iteration_says", "a content control bound": "test_what_is_bound_is_unbound_in_a_loop",
    "a numbered list": "test_lists_go_on_over_iterations_unless_they_restart",
    "a table |": "test_looped_tables_stay_apart test_tables_that_only_a_tag_stood_between_stay_apart",
    "a cell merged": "test_a_merge_whose_beginning_goes_begins_anew",
    '`{"text": "penting"': "test_rich_text_looks_as_asked_and_else_like_its_tag", '`{"text": "situs"': "test_links_get_a_relation_in_their_own_part",
    '`{"runs": [...]}` or': "test_rich_text_looks_as_asked_and_else_like_its_tag", '`{"page_break"': "test_rich_text_looks_as_asked_and_else_like_its_tag",
    '`{"picture"': "test_pictures_in_body_header_cell_and_loop test_sizes_are_read_from_the_file", '`{"runs": [...], "paragraph_style"': "test_paragraphs_from_a_list",
    "Any file of Word or Excel": "test_a_word_template_gives_a_document test_workbooks_of_every_kind_give_workbooks",
    "`.docx`, `.dotx`": "test_a_word_template_gives_a_document test_workbooks_of_every_kind_give_workbooks",
    "What it is is told": "test_workbooks_of_every_kind_give_workbooks", "Parts are found": "test_headers_and_footers_in_any_folder_are_filled "
    "test_parts_of_a_workbook_are_found_by_relation test_names_with_backslashes_are_read test_any_prefix_of_the_namespace_is_read",
    "Macros of a": "test_macros_of_a_macro_document_are_left_out test_macros_under_any_name_are_refused_elsewhere",
    "A part that a file names": "test_a_part_nobody_calls_may_be_missing test_a_part_that_is_needed_and_missing_is_a_fault "
    "test_a_picture_that_is_missing_is_told_and_stays_an_empty_frame",
    "Refused by their names": "test_files_of_other_kinds_are_called_by_their_names test_strict_files_are_called_strict test_no_part_may_declare_a_document_type",
    "What acts by itself": "test_active_content_is_refused_or_allowed_by_name test_what_may_be_allowed_is_named",
    "Then it is kept, and a warning": "test_a_form_may_allow_what_its_template_holds",
    "A **check box**": "test_a_check_box_is_ticked_by_the_claim_in_its_tag",
    "Typed in its properties": "test_a_check_box_is_ticked_by_the_claim_in_its_tag test_a_box_ticked_in_the_template_stays_ticked",
    "A tag may be 64": "test_a_check_box_is_ticked_by_the_claim_in_its_tag",
    "In looped rows and tables": "test_pictures_and_boxes_in_looped_rows_and_tables",
    "Headers, footers, notes": "test_tags_beside_the_text_are_filled test_headers_footers_and_properties_are_filled test_notes_and_comments_are_filled "
    "test_text_boxes_are_filled_in_both_branches_and_numbered_in_loops test_the_custom_properties_of_a_template_are_kept",
    "A tag anywhere else": "test_a_tag_that_nothing_fills_is_refused test_a_tag_in_a_text_the_engine_does_not_know_is_refused test_random_templates_are_filled_everywhere",
    "A value that looks like": "test_a_value_that_looks_like_a_tag_prints_as_typed", "Page numbers": "test_results_that_change_by_themselves_are_not_told",
    "Text deleted": "test_tracked_changes_in_a_template", "A tag that takes the place": "test_random_templates_are_filled_everywhere",
    "The end of a **section**": "test_a_section_outlives_the_tag_in_its_last_paragraph test_sections_are_kept_with_every_pair_of_tags "
    "test_sections_are_kept_with_single_tags test_a_section_may_not_end_at_an_else",
    "Where a bookmark": "test_ends_of_ranges_outlive_a_lifted_tag test_a_range_cut_by_a_condition_stays_whole "
    "test_a_field_cut_by_a_condition_or_loop_is_refused",
    "A page break (also": "test_a_tag_s_paragraph_that_begins_a_page_is_refused test_nothing_seen_goes_with_a_lifted_tag test_a_page_break_beside_a_lifted_tag_is_refused test_a_page_break_behind_a_lifted_tag_begins_the_next_paragraph",
    "Word changes what": "test_only_the_quotes_of_a_tag_become_plain", "A **quoted text**": "test_quoted_texts_stay_as_typed",
    "`{{ \"it’s\" }}`": "test_only_the_quotes_of_a_tag_become_plain", "Within one,": "test_breaks_in_quoted_texts_stay test_only_the_quotes_of_a_tag_become_plain",
    "In the code of a **field**": "test_a_value_in_a_field_stays_within_its_quotes test_values_in_fields_are_words_or_quoted",
    "A value cannot be the name": "test_a_value_cannot_name_a_field test_a_value_cannot_make_a_link_a_script",
    "A line break in a value": "test_every_kind_of_break_in_a_value_is_one test_a_break_glues_no_words", "Values are plain": "test_rich_text_looks_as_asked_and_else_like_its_tag",
    "What a value leaves open": "test_rich_text_looks_as_asked_and_else_like_its_tag",
    "A picture is a path": "test_a_path_without_a_folder_is_refused test_a_picture_that_cannot_be_is_refused",
    "A key that is unknown": "test_every_fault_of_rich_values_is_told_at_once", "They give the same": "test_the_same_as_docxtpl",
    "- A name that is not given": "test_all_names_that_do_not_exist_are_told_at_once_and_each_once", "- Anything beside": "test_a_row_tag_has_its_row_to_itself",
    "- A row left": "test_a_loop_over_nothing_leaves_no_empty_table_or_cell", "- `{% vm %}` also": "test_cells_merge_down_over_looped_rows",
    "- `{{ value }}` is always": "test_a_value_is_never_markup", "`RichText`": "test_rich_text_looks_as_asked_and_else_like_its_tag test_a_break_glues_no_words",
    "Sub-documents": "test_blocks_are_put_in_and_keep_their_places", "- `{%-`": "test_the_same_as_docxtpl", "- `{{tr }}`": "test_a_slip_is_told_in_its_words",
    "- Whole groups": "test_lists_do_not_become_texts_by_a_detour", '`"eastAsia': "test_rich_text_looks_as_asked_and_else_like_its_tag",
    "- A footnote in a loop": "test_a_note_in_a_loop_comes_with_each_iteration", "- Two tables": "test_looped_tables_stay_apart",
    "- Of Jinja's filters": "test_what_is_not_taken_of_jinja_is_told", "`format` and": "test_what_is_not_taken_of_jinja_is_told",
    "Of Python's methods": "test_every_mistake_has_its_remedy_and_none_tells_a_value", "`d.items()`": "test_every_mistake_has_its_remedy_and_none_tells_a_value",
    "- Of Jinja's statements": "test_a_slip_is_told_in_its_words", "`{% filter %}`": "test_a_slip_is_told_in_its_words",
    "- Tags cut over runs": "test_a_tag_cut_into_runs_comes_together test_the_same_as_docxtpl",
    "A part holds up to": "test_too_many_tags_and_marks_are_refused_soon test_what_is_nested_too_deep_is_a_fault_of_the_template test_nothing_runs_away",
    "More is a fault": "test_what_is_nested_too_deep_is_a_fault_of_the_template",
    "Faults say kinds": "test_every_mistake_has_its_remedy_and_none_tells_a_value",
}  # fmt: skip

HEADS = ("| write", "| what |", "| name |", "| value |", "| in a loop |")


@pytest.mark.parametrize(
    "sentence", sentences_of("docs/templates.md", "## What a template may be", "## Excel\n", HEADS)
)
def test_each_sentence_is_held_by_a_test(sentence: str) -> None:
    """By one that is there."""
    assert_held(sentence, HELD)
