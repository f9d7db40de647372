"""A page that looks again by itself, in a real browser: what is typed stays, and what is pressed is done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, Served
from selenium.webdriver.common.by import By
from small_scheme import small_project

pytestmark = pytest.mark.slow
HELD = """
const real = window.fetch; window.asked = 0; window.go = false;
window.fetch = (address, how) => String(address).startsWith("/keadaan?") ? (window.asked += 1,
  Promise.resolve(new Response(JSON.stringify({over: window.go})))) : (window.fetched = (window.fetched || 0) + 1, real(address, how));
document.body.dataset.same = "ya";
"""
"""What the page waits for is held, until `go`; the body is marked, so that a page that was loaded anew is known."""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    project = small_project(tmp_path / "proyek")
    (project.root / "events/uji").mkdir(parents=True)
    (project.root / "events/uji/jadwal.xlsx").write_bytes(b"PK")
    served, made = Served(project.root).start(), Browser(tmp_path / "unduhan")
    made.open(served).go("/jadwal/uji")
    made.driver.execute_script(HELD)
    yield made
    made.close()
    served.stop()


def look(browser: Browser, script: str) -> object:
    return browser.driver.execute_script(f"return {script}")


def test_what_is_typed_stays_and_what_is_pressed_is_done(browser: Browser) -> None:
    """With the focus elsewhere, too; a click while the page is about to be put anew leads where it leads."""
    if not look(browser, "document.body.dataset.waits || ''"):
        pytest.skip("all was known already")
    reason = browser.driver.find_element(By.CSS_SELECTOR, "#tarik [name=alasan]")
    reason.send_keys("salah cetak")
    browser.driver.execute_script("document.activeElement.blur(); window.go = true")
    browser.until(lambda: int(str(look(browser, "window.asked"))) > 0, "asked")
    browser.driver.execute_async_script("setTimeout(arguments[0], 2500)")
    assert look(browser, "document.body.dataset.same") == "ya"
    assert look(browser, "document.querySelector('#tarik [name=alasan]').value") == "salah cetak"
    assert not look(browser, "window.fetched || 0"), "nothing is fetched while something is typed"

    # taken back, the page is put anew in one step: what is open stays open, and nothing was loaded
    browser.driver.execute_script("document.querySelector('#ulang details').open = true;"
                                  "document.querySelector('#tarik [name=alasan]').value = '';"
                                  "document.querySelector('main').dataset.old = 'ya'")  # fmt: skip
    browser.until(lambda: not look(browser, "document.querySelector('main').dataset.old"), "put anew")
    assert look(browser, "document.body.dataset.same") == "ya"
    assert look(browser, "document.querySelector('#ulang details').open") is True

    # a button that is held down is not taken away from under the pointer
    browser.driver.execute_script("window.fetched = 0")
    button = browser.driver.find_element(By.CSS_SELECTOR, "#tarik form.inline button")
    browser.driver.execute_script(
        "arguments[0].dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))", button
    )
    browser.driver.execute_async_script("setTimeout(arguments[0], 2500)")
    assert look(browser, "arguments") is not None and button.is_displayed(), "still the same button"
    button.click()
    browser.until(lambda: "/pekerjaan/" in browser.driver.current_url, "the job that was asked for")
