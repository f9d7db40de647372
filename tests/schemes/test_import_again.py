"""What stops an import and how it goes on: doubts accepted by number, floods told once, a corrected page taken over."""

import json
from pathlib import Path

import yaml
from click.testing import Result
from published_pages import SEED, SLUG, TITLE, change, run_import

DOUBT = change("Tujuan penulisan ditentukan", "Tujuan sesuai pasal 1.2 peraturan ditentukan")
FOLDER = Path("proyek") / "scheme" / SLUG / "2024"


def scheme_of(folder: Path) -> dict[str, object]:
    """The data of the scheme that was written."""
    data = yaml.safe_load((folder / FOLDER / "scheme.yaml").read_text("utf-8"))
    assert isinstance(data, dict)
    return data


def again(folder: Path, page: str | bytes, *options: str) -> Result:
    return run_import(folder, page, "--title", TITLE, *options)


def test_a_number_in_doubt_stops_the_import_until_it_is_accepted(tmp_path: Path) -> None:
    """The doubt is told by itself with the option that accepts it; another number accepts nothing."""
    result = again(tmp_path, DOUBT)
    assert result.exit_code == 1
    assert "number 1.2 inside a text was left in the text" in result.stderr
    assert "--accept M.702090.003.01:1.2" in result.stderr
    assert not (tmp_path / FOLDER).exists()
    assert again(tmp_path, DOUBT, "--accept", "1.3,M.702090.001.01:1.2").exit_code == 1
    assert again(tmp_path, DOUBT, "--accept", "M.702090.003.01:1.2").exit_code == 0


def test_a_number_alone_accepts_it_in_every_unit(tmp_path: Path) -> None:
    """`--accept 1.2` is enough where a person looked at them all."""
    assert again(tmp_path, DOUBT, "--accept", "1.2").exit_code == 0


def test_many_faults_of_one_kind_are_told_three_times_and_counted(tmp_path: Path) -> None:
    """A page whose tables lost every second number gives a short screen, not a flood."""
    page = SEED.decode().replace("1.2. ", "1.7. ").replace("2.2. ", "2.7. ")
    result = again(tmp_path, page)
    assert result.exit_code == 1
    assert result.stderr.count("is missing: the next one found is") == 3
    assert "more problems of the same kind" in result.stderr
    assert len(result.stderr.splitlines()) < 40


def test_a_corrected_page_is_shown_and_taken_over_on_request(tmp_path: Path) -> None:
    """Without `--replace` the differences are told; with it they are written, and what people added stays."""
    again(tmp_path, SEED)
    file = tmp_path / FOLDER / "scheme.yaml"
    text = file.read_text("utf-8")
    text = text.replace("number:                        # BELUM", 'number: "01/SKM"   # BELUM', 1)
    text = text.replace("    standard:                  #", '    standard: "SKKNI 389" #', 1)
    old = '            text: "Target segmen diidentifikasi"\n'
    text = text.replace(old, f'{old}            correction: {{text: "Segmen dikenali", source: "S", reason: "R"}}\n')
    file.write_text(text, "utf-8")
    page = change("Segmentasi perusahaan diuraikan", "Segmentasi usaha diuraikan")
    refused = again(tmp_path, page)
    assert refused.exit_code == 1
    assert "differs from the page in 1 place" in refused.stderr
    assert file.read_text("utf-8") == text
    result = again(tmp_path, page, "--replace")
    assert result.exit_code == 0, result.stderr
    assert "`Segmentasi usaha diuraikan` instead of `Segmentasi perusahaan diuraikan`" in result.stdout
    assert (tmp_path / FOLDER / "scheme-sebelum-impor.yaml").read_text("utf-8") == text
    data = scheme_of(tmp_path)
    assert data["number"] == "01/SKM"
    unit = data["units"][0]  # type: ignore[index]
    assert unit["standard"] == "SKKNI 389"
    first = unit["elements"][0]["criteria"]
    assert first[1]["text"] == "Segmentasi usaha diuraikan"
    assert first[2]["correction"]["text"] == "Segmen dikenali"
    assert again(tmp_path, page).stdout.endswith("says the same; nothing was written\n")


def test_comments_stay_where_a_corrected_page_is_taken_over(tmp_path: Path) -> None:
    """Beside what the page changes, above units and behind facts; all but the changed lines keep their letters."""
    again(tmp_path, SEED)
    file = tmp_path / FOLDER / "scheme.yaml"
    text = file.read_text("utf-8").replace("units:\n", "units:\n  # unit inti, rapat 3 Maret\n", 1)
    text = text.replace('            text: "Target segmen diidentifikasi"\n',
                        '            text: "Target segmen diidentifikasi"   # ditanyakan ke BNSP\n'
                        '            correction: {text: "Segmen dikenali", source: "S", reason: "R"}\n')  # fmt: skip
    file.write_text(text, "utf-8")
    page = change("Segmentasi perusahaan diuraikan", "Segmentasi usaha diuraikan")
    result = again(tmp_path, page, "--replace")
    assert result.exit_code == 0 and "not kept" not in result.stderr
    expected = text.replace("Segmentasi perusahaan diuraikan", "Segmentasi usaha diuraikan")
    assert file.read_text("utf-8") == expected
    page = page.replace("Target segmen diidentifikasi", "Target segmen dikenali")
    assert again(tmp_path, page, "--replace").exit_code == 0
    after = file.read_text("utf-8")
    assert 'text: "Target segmen dikenali"   # ditanyakan ke BNSP\n' in after and "# unit inti, rapat" in after
    assert "Segmen dikenali" not in after, "a correction of words that are gone"


def test_a_unit_that_came_new_stands_in_a_cluster_of_its_own(tmp_path: Path) -> None:
    """Clusters people decided on stay; what they do not hold yet is a proposal."""
    units = SEED.decode()
    begin, end = units.index("Kode unit: M.702090.003.01"), units.index("Kode unit: M.702090.007.01")
    shorter = (units[:begin] + units[end:]).replace("Terdapat 5", "Terdapat 4")
    shorter = shorter.replace("3 | M.702090.003.01 | Melaksanakan penulisan bisnis (business writing) |\n", "")
    again(tmp_path, shorter)
    file = tmp_path / FOLDER / "scheme.yaml"
    codes = ", ".join(f'"M.702090.{number}.01"' for number in ("001", "002", "007", "008"))
    text = file.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("clusters:"))
    file.write_text(text.replace(line, f"clusters:\n  - number: 1\n    units: [{codes}]"), "utf-8")
    assert "unit M.702090.003.01 is new" in again(tmp_path, SEED).stderr
    assert again(tmp_path, SEED, "--replace").exit_code == 0
    clusters = scheme_of(tmp_path)["clusters"]
    assert clusters[1] == {"number": "2", "status": "usulan", "units": ["M.702090.003.01"]} or clusters[1] == {  # type: ignore[index]
        "number": 2, "status": "usulan", "units": ["M.702090.003.01"]
    }  # fmt: skip


def test_a_released_edition_is_not_replaced(tmp_path: Path) -> None:
    """A sealed edition stays; the way out is another edition."""
    again(tmp_path, SEED)
    (tmp_path / FOLDER / "segel.json").write_text("{}", "utf-8")
    result = again(tmp_path, change("Segmentasi perusahaan", "Segmentasi usaha"), "--replace")
    assert result.exit_code == 1
    assert "this edition is released and stays as it is" in result.stderr


def test_a_trial_tells_everything_and_writes_nothing(tmp_path: Path) -> None:
    """Doubts and differences among it; what it says is to be done next is what can be done."""
    trial = again(tmp_path, DOUBT, "--dry-run")
    assert trial.exit_code == 1 and "RINGKASAN: 5 unit" in trial.stdout
    assert "number 1.2 inside a text" in trial.stderr and "--accept" in trial.stderr
    assert "import-report.txt" not in trial.output and not (tmp_path / FOLDER).exists()
    trial = again(tmp_path, DOUBT, "--dry-run", "--accept", "1.2")
    assert trial.exit_code == 0 and "the same without `--dry-run` writes it" in trial.stderr
    again(tmp_path, SEED)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    told = json.loads(again(tmp_path, DOUBT, "--dry-run", "--json").stdout)
    assert {path: path.read_bytes() for path in before if path.name != "halaman.txt"}.items() <= before.items()
    assert len(told["changes"]) == 1 and [each["key"] for each in told["doubts"]] == ["M.702090.003.01:1.2"]
    assert again(tmp_path, SEED, "--json").exit_code == 2
