"""A real browser on the page of a project: Debian's Chromium, without a screen, and the page served by a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from axe_selenium_python import Axe
from fake_office import FakeOffice
from harness import ROOT
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

T = TypeVar("T")
PATIENCE = 60.0
PICTURES = os.environ.get("KITGEN_PICTURES", "")
"""A folder: pictures of the page are put there, for the guides."""


class Served:
    """The page of a project, in a process of its own, with a LibreOffice that can be held up."""

    def __init__(self, root: Path, language: str = "id") -> None:
        self.root, self.language = root, language
        self.office = FakeOffice(root.parent / "kantor")
        self.go = root.parent / "kantor" / "go"
        self.go.touch()
        held = root.parent / "kantor" / "held"
        held.write_text(f'#!/bin/sh\nwhile [ ! -e "{self.go}" ]; do sleep 0.05; done\nexec "{self.office.path}" "$@"\n')
        held.chmod(0o755)
        self.held = held
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> "Served":
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "KITGEN_SOFFICE": str(self.held)}
        line = [sys.executable, "-m", "kitgen", "-C", str(self.root), "--lang", self.language, "buka", "--no-browser"]
        self.process = subprocess.Popen(
            line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found is not None
        self.address = found[0]
        return self

    def kill(self) -> None:
        """As when the power goes: no word of farewell."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=20)


class Browser:
    """What a person does in it, and what they see; a word waits until it is there."""

    def __init__(self, downloads: Path) -> None:
        options = ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                         "--window-size=1280,900", "--force-device-scale-factor=1"):  # fmt: skip
            options.add_argument(argument)
        self.driver = Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
        self.downloads = downloads
        self.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
        )
        self.home = ""

    def open(self, served: Served) -> "Browser":
        self.driver.get(served.address)
        self.home = served.address.split("/masuk")[0]
        return self

    def go(self, path: str) -> "Browser":
        self.driver.get(f"{self.home}{path}")
        return self

    @property
    def text(self) -> str:
        return str(self.driver.execute_script("return document.body.innerText"))

    def sees(self, *words: str) -> "Browser":
        """Waits until all of this stands on the page."""
        self.until(lambda: all(word in self.text for word in words), f"{words} in {self.driver.current_url}")
        return self

    def settled(self) -> "Browser":
        """Waits until nothing on the page is being looked at again."""
        self.until(lambda: not self.driver.find_elements(By.CSS_SELECTOR, ".since .spin"), "what stands")
        return self

    def until(self, look: Callable[[], T], what: str = "", patience: float = PATIENCE) -> T:
        """Waits until it gives something; what is just being loaded is looked at again."""
        end = time.monotonic() + patience
        while True:
            try:
                if found := look():
                    return found
            except (StaleElementReferenceException, NoSuchElementException, WebDriverException):
                pass
            assert time.monotonic() < end, f"{what}: {self.text[:2000]}"
            time.sleep(0.1)

    def press(self, label: str, within: str = "main") -> "Browser":
        """Clicks a button or a link by its words."""
        for _ in range(5):
            try:
                self._element(label, within).click()
                return self
            except StaleElementReferenceException:  # the page was put anew between the look and the click
                continue
        raise AssertionError(label)

    def _element(self, label: str, within: str) -> WebElement:
        def look() -> WebElement | None:
            for area in self.driver.find_elements(By.CSS_SELECTOR, within):
                for element in area.find_elements(By.CSS_SELECTOR, "a, button, summary"):
                    if element.text.strip() == label and element.is_displayed():
                        return element
            return None

        return self.until(look, f"button {label}")

    def fill(self, name: str, value: str, within: str = "main") -> "Browser":

        def typed() -> bool:
            field = self.driver.find_element(By.CSS_SELECTOR, f"{within} [name={name}]")
            if field.get_attribute("type") not in ("file", "date") and field.tag_name == "input":
                field.clear()
            field.send_keys(value)
            return True

        self.until(typed, name)
        return self

    def tick(self, name: str, within: str = "main") -> "Browser":
        self.until(
            lambda: self.driver.find_element(By.CSS_SELECTOR, f"{within} [type=checkbox][name='{name}']")
        ).click()
        return self

    def fill_facts(self, facts: dict[str, str]) -> "Browser":
        """Type into fields by their labels, in place of what they say."""
        for label, value in facts.items():
            way = f"//label[span[normalize-space()='{label}']]"
            name = self.until(lambda way=way: self.driver.find_element(By.XPATH, way)).get_attribute("for")  # type: ignore[misc]
            field = self.driver.find_element(By.ID, str(name))
            if field.tag_name != "select":
                field.clear()
            field.send_keys(value)
        return self

    def works(self, then: str = "Lanjut") -> "Browser":
        """Waits until the job on this page is over and well, then goes on."""
        self.until(lambda: "Selesai." in self.text or "masalah" in self.text, "job")
        assert "Selesai." in self.text, self.text
        return self.press(then)

    def fetched(self, suffix: str) -> Path:
        """The file that was downloaded last, whole."""

        def look() -> Path | None:
            files = [path for path in self.downloads.iterdir() if path.suffix == suffix]
            return max(files, key=lambda path: path.stat().st_mtime) if files else None

        return self.until(look, f"a {suffix} in the downloads")

    def forget_downloads(self) -> "Browser":
        for path in self.downloads.iterdir():
            path.unlink()
        return self

    @contextmanager
    def narrow(self) -> Iterator[None]:
        """As on a telephone: 360 pixels wide."""
        small = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", small)
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def faults(self) -> list[str]:
        """What axe finds that hinders people."""
        axe = Axe(self.driver)
        axe.inject()
        found: list[dict[str, Any]] = axe.run()["violations"]
        return [
            f"{each['id']} ({each['impact']}): {each['help']} {[node['target'] for node in each['nodes']][:3]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]

    def picture(self, name: str) -> None:
        """A picture for the guides, where they are asked for: small enough that its words can be read on paper."""
        if PICTURES:
            high = min(int(self.driver.execute_script("return document.documentElement.scrollHeight")), 660)
            size = {"width": 920, "height": high, "deviceScaleFactor": 1, "mobile": False}
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            self.driver.save_screenshot(str(Path(PICTURES) / f"{name}.png"))
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def close(self) -> None:
        self.driver.quit()
