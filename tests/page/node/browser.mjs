// Walks through a page in a real browser: `node browser.mjs PACKAGES CHROMIUM WALK ARGUMENT...`.
// Prints what it saw as one JSON object; the test that runs it judges.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [packages, executablePath, walk, ...parameters] = process.argv.slice(2);
const { chromium } = createRequire(pathToFileURL(`${packages}/package.json`))("playwright-core");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
flags.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "archlint-browser-"));
const browser = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags, viewport: { width: 1280, height: 800 }, colorScheme: "light" });
const page = await browser.newPage();
const saw = { errors: [], requests: [] };
page.on("console", (message) => message.type() === "error" && saw.errors.push(message.text()));
page.on("pageerror", (error) => saw.errors.push(error.message));
page.on("request", (request) => saw.requests.push(request.url()));

const panel = () => page.locator("#panel").innerText();
const hot = (attribute) => page.$$eval(`#picture [data-${attribute}].hot`, (elements, name) => elements.map((element) => element.dataset[name]), attribute === "from" ? "from" : "id");
const visible = (selector) => page.locator(selector).evaluateAll((elements) => elements.filter((element) => element.style.display !== "none").length);
const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

const underLegend = () => page.evaluate(async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const corners = ["#legend", ".zoom"].map((name) => document.querySelector(name).getBoundingClientRect());
  const meets = (box) => corners.some((corner) =>
    box.left < corner.right && box.right > corner.left && box.top < corner.bottom && box.bottom > corner.top);
  return [...document.querySelectorAll("#picture [data-id]")].filter((one) => meets(one.getBoundingClientRect())).map((one) => one.dataset.id);
});

async function opened(...files) {
  saw.covered = [];
  for (const file of files) {
    await page.goto(pathToFileURL(file).href);
    saw.covered.push(...await underLegend());
  }
}

async function offline(file) {
  await browser.setOffline(true);
  await page.goto(pathToFileURL(file).href);
  saw.components = await visible("#picture [data-id]");
  saw.labels = await page.$$eval("#picture [data-id]", (all) => all.map((one) => [one.getAttribute("role"), one.getAttribute("aria-label")]));

  await page.keyboard.press("/");
  await page.keyboard.type("invoice dynamo");
  saw.hits = await page.locator("#hits [role=option]").allInnerTexts();
  await page.keyboard.press("Enter");
  saw.searched = await panel();
  saw.address = new URL(page.url()).hash;
  await page.keyboard.press("Escape");

  await page.locator('#picture [data-id="intake.inbox"]').click();
  saw.clicked = await panel();
  saw.neighbours = (await hot("id")).sort();
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: /Findings/ }).click();
  await page.locator("#list .rows button").filter({ hasText: "shared-datastore" }).click();
  saw.finding = await panel();
  saw.way = await page.locator("#picture .way").count();
  saw.wayNodes = (await hot("id")).sort();
  saw.dimmed = await page.locator('#picture [data-id="intake.api"]').evaluate(async (element) => {
    await Promise.all(element.getAnimations().map((animation) => animation.finished));
    return Number(getComputedStyle(element).opacity);
  });
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: /Patterns/ }).click();
  await page.locator("#list .rows button").first().click();
  saw.pattern = (await hot("id")).length;
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: /Services/ }).click();
  await page.locator("#list input[data-service=billing]").click();
  saw.withoutBilling = await visible("#picture [data-id]");
  await page.getByRole("button", { name: "Show all" }).click();
  saw.arrows = await visible("#picture [data-from]");
  await page.locator("#legend input[value=async]").click();
  saw.withoutAsync = await visible("#picture [data-from]");
  await page.locator("#legend input[value=async]").click();

  await page.locator("#canvas").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("0");
  await page.locator('#picture [data-id="intake.api"]').focus();
  await page.keyboard.press("ArrowRight");
  saw.right = await page.evaluate(() => document.activeElement.dataset.id);
  await page.keyboard.press("Tab");
  saw.tabbed = await page.evaluate(() => Boolean(document.activeElement.dataset.id));
  await page.keyboard.press("Enter");
  saw.opened = await panel();
  await page.keyboard.press("n");
  saw.next = await page.locator("#panel .tag").count();
  await page.keyboard.press("?");
  saw.help = await page.locator("dialog").isVisible();
  await page.keyboard.press("Escape");
  saw.helpGone = !(await page.locator("dialog").isVisible());

  const box = () => page.locator("#picture").getAttribute("viewBox");
  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const views = [await box()];
  for (const act of [() => page.keyboard.press("+"), () => page.mouse.move(300, 400).then(() => page.mouse.wheel(0, -200)), async () => { await page.mouse.down(); await page.mouse.move(380, 430, { steps: 4 }); await page.mouse.up(); }]) {
    await act();
    await frame();
    views.push(await box());
  }
  saw.views = new Set(views).size;

  const light = await background();
  await page.keyboard.press("d");
  saw.toggled = light !== (await background());
  await page.emulateMedia({ colorScheme: "dark" });
  await page.evaluate(() => delete document.documentElement.dataset.theme);
  saw.followsSystem = light !== (await background());
  await page.emulateMedia({ media: "print" });
  saw.print = await page.locator("#panel").isVisible();
}

async function hostile(file) {
  await page.addInitScript(() => { globalThis.alert = () => { throw new Error("a script of the input ran"); }; });
  await page.goto(pathToFileURL(file).href);
  for (const element of await page.locator("#picture [data-id]").all()) {
    await element.focus();
    await page.keyboard.press("Enter");
  }
  saw.panel = await panel();
  await page.goto(pathToFileURL(file).href + "#component=%E0%A4%A");
  saw.scripts = await page.locator("script").count();
}

async function changes(file) {
  await browser.setOffline(true);
  await page.goto(pathToFileURL(file).href);
  saw.tabs = await page.getByRole("tab").allInnerTexts();
  saw.signs = await page.locator("#legend .sign").allInnerTexts();
  saw.rows = await page.locator("#list .rows button").allInnerTexts();
  await page.locator("#list .rows button").first().click();
  saw.clicked = await panel();
  saw.frames = (await page.$$eval("#picture [data-frame].hot", (all) => all.map((one) => one.dataset.frame)));
  await page.keyboard.press("n");
  saw.next = await page.locator("#panel h2").innerText();
  await page.keyboard.press("p");
  saw.before = await page.locator("#panel h2").innerText();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /Services/ }).click();
  await page.locator("#list input[data-service=kitchen]").click();
  saw.framesLeft = await visible("#picture [data-frame]");
}

async function live(address, file) {
  await page.goto(address);
  await page.waitForSelector("#picture [data-id=f]");
  const good = fs.readFileSync(file, "utf8");
  await page.keyboard.press("+");
  fs.writeFileSync(file, good.replace("lambda", "lamda"));
  await page.waitForSelector("#problem:not([hidden])");
  saw.problem = await page.locator("#problem").innerText();
  saw.kept = await page.locator("#picture [data-id=f]").count();
  fs.writeFileSync(file, good.replace("f: lambda", "g: lambda"));
  await page.waitForSelector("#picture [data-id=g]");
  saw.problemGone = await page.locator("#problem").isHidden();
}

try {
  await { opened, offline, hostile, changes, live }[walk](...parameters);
} finally {
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(saw));
