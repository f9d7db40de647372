"""docs/templates.md says of workbooks what tests show: each sentence and row of its part on Excel names its tests."""

import pytest
from held_sentences import assert_held, sentences_of

HELD: dict[str, str] = {
    "`{{ value }}` alone in a cell": "test_a_cell_takes_the_type_of_its_value test_text_is_never_a_formula_or_number",
    "`{{ value }}` within a text": "test_rich_text_line_breaks_and_long_texts",
    "`{%tr for item in list %}`": "test_rows_repeat_and_what_is_below_moves test_loops_three_deep_have_subtotals_of_their_own",
    "`{%tr if %}`": "test_libreoffice_works_out_tables_and_rows_chosen",
    "`{%tc for unit in units %}`": "test_columns_repeat_and_formulas_follow test_columns_are_chosen_and_nested",
    "`{%sheet for candidate in candidates %}`": "test_a_sheet_comes_once_for_each",
    "`{{ candidate.photo }}` alone in a cell": "test_a_photo_for_each_row test_a_photo_on_a_sheet_without_pictures",
    "`{{ candidate.photo }}` as the alternative text": "test_a_photo_for_each_row",
    "`{{ row.done }}` as the alternative text": "test_a_check_box_for_each_row test_a_check_box_outside_of_loops_is_ticked",
    "The columns of a sheet are those of all its rows": "test_columns_are_chosen_and_nested",
    "A row that holds nothing but such tags goes": "test_columns_are_chosen_and_nested",
    "Over an empty list": "test_columns_repeat_and_formulas_follow test_a_sheet_comes_once_for_each test_faults_of_columns_are_told",
    "Everything else follows": "test_what_stands_on_a_sheet_follows_its_columns test_what_stands_on_a_sheet_moves_with_its_rows",
    "a reference, relative": "test_a_reference_means_what_its_writer_meant",
    "a range that holds the loop": "test_what_stands_on_a_sheet_moves_with_its_rows test_ranges_hold_the_rows_they_are_meant_for",
    "a range of some rows of a longer body": "test_totals_over_bodies_of_several_rows_and_nested_ones",
    "a reference with `$`": "test_a_reference_means_what_its_writer_meant test_totals_over_bodies_of_several_rows_and_nested_ones",
    "a reference to one cell in a row or column of tags": "test_a_formula_that_names_a_row_or_column_of_tags_is_told",
    "a range whose rows an `if` leaves out": "test_ranges_hold_the_rows_they_are_meant_for",
    "a reference to a looped sheet": "test_a_sheet_comes_once_for_each test_two_sheets_for_each_name_each_other",
    "merged cells, links, comments": "test_what_stands_on_a_sheet_moves_with_its_rows test_what_stands_on_a_sheet_follows_its_columns",
    "comments, addresses and tips of links": "test_a_link_in_a_looped_row_takes_the_rows_values "
    "test_a_comment_in_a_looped_row_takes_the_rows_values test_what_stands_on_a_sheet_follows_its_columns",
    "pictures, shapes, text boxes": "test_a_photo_for_each_row test_a_check_box_for_each_row",
    "an Excel table looped below its header": "test_libreoffice_works_out_tables_and_rows_chosen",
    "an Excel table with its header in the loop": "test_a_table_in_looped_rows_comes_in_each_iteration "
    "test_a_table_on_a_looped_sheet_comes_with_each",
    "pivot tables": "test_pivot_sources_grow_and_are_worked_out_anew",
    "conversations": "test_linked_cells_of_controls_and_conversations_move",
    "widths of columns": "test_what_stands_on_a_sheet_follows_its_columns test_what_stands_on_a_sheet_moves_with_its_rows",
    "Headers and footers, text boxes": "test_a_tag_is_filled_wherever_it_stands",
    "A tag anywhere else": "test_a_tag_in_any_other_part_is_refused test_a_tag_nobody_fills_is_refused",
    "No old result": "test_no_old_result_is_left_on_any_sheet",
    "A date in a cell": "test_dates_of_every_kind test_a_date_keeps_the_look_of_a_cell_formatted_as_a_number",
    "Dates count from 1904": "test_packages_of_every_kind_are_filled",
    "A number of more than 15 digits": "test_a_number_of_more_digits_than_excel_keeps_is_a_text",
    "A sheet's name must come out": "test_names_excel_does_not_take_are_refused test_two_sheets_of_one_name_are_refused",
    "Past Excel's limits": "test_rows_past_the_last_one_are_told test_texts_are_measured_as_excel_measures_them "
    "test_a_header_longer_than_excel_takes_is_told test_validations_take_values test_a_formula_longer_than_excel_takes_is_told "
    "test_two_sheets_of_one_name_are_refused_in_a_loop test_columns_past_the_last_one_are_told",
    "`INDIRECT`, `OFFSET`": "test_references_nobody_can_move_are_told",
    "Refused with a clear message": "test_what_cannot_be_repeated_is_refused_with_its_place "
    "test_formulas_nobody_can_read_are_faults_with_their_place test_a_table_over_looped_columns_is_refused",
    "In a workbook people type into": "test_what_was_typed_follows_its_question",
}

HEADS = ("| write", "| what |")


@pytest.mark.parametrize("sentence", sentences_of("docs/templates.md", "## Excel\n", "## Three kinds of empty", HEADS))
def test_each_sentence_is_held_by_a_test(sentence: str) -> None:
    """By one that is there."""
    assert_held(sentence, HELD)
