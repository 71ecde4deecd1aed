// Debian's Chromium, pages in a language, a theme and a width, and what must be true of every page.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

/** Starts the browser. */
export function openBrowser() {
  if (!executablePath) throw new Error('Chromium is missing: scripts/test installs it');
  // Root may not use its sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'] });
}

/** Sizes that stand for all: a small phone, a desktop. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1440, height: 900 };

/** A browser of its own with one page; whatever the console complains about is kept in `complaints`. */
export async function openPage(browser, shop, { lang = 'en', theme = 'light', size = DESKTOP, zone } = {}) {
  const context = await browser.newContext({
    viewport: size, colorScheme: theme, locale: lang === 'es' ? 'es-ES' : 'en-GB', baseURL: shop.url, hasTouch: size === PHONE, reducedMotion: 'reduce',
    timezoneId: zone,
  });
  await context.addCookies([{ name: 'lang', value: lang, url: shop.url }, { name: 'theme', value: theme, url: shop.url }]);
  const page = await context.newPage();
  page.complaints = [];
  watch(page, page.complaints);
  page.setDefaultTimeout(30_000);
  return page;
}

/** Another tab of the same browser. */
export async function openTab(page) {
  const tab = await page.context().newPage();
  tab.complaints = page.complaints;
  watch(tab, page.complaints);
  tab.setDefaultTimeout(30_000);
  return tab;
}

/** Waits until the app has taken the place of the server's page, which has links where the app has buttons, and forms. */
export const appOf = (page) => page.locator('header button.site-header__link').waitFor({ state: 'attached' });

/** Keeps requests of a method on their way to an address until what is returned is called. */
export async function holding(page, address, method) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route(address, async (route) => {
    if (route.request().method() === method) await held;
    await route.continue();
  });
  return letGo;
}

/** Waits until the page hears of a topic; to be called before the page is opened. */
export function hearing(page, topic) {
  return new Promise((heard, never) => {
    const late = setTimeout(() => never(new Error(`nobody says that ${topic} is heard`)), 30_000);
    // Whichever socket of the page says it; its first words may come with its opening.
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => {
      const text = String(payload);
      if (!text.includes('"subscribed"') || !text.includes(topic)) return;
      clearTimeout(late);
      heard();
    }));
  });
}

/** No page has reason to ask for one thing so often in so short a time. */
const TOO_OFTEN = 8;
const WINDOW_MS = 2_000;

function watch(page, complaints) {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`));
  const asked = new Map();
  page.on('request', (request) => {
    // A page that is loaded anew asks anew.
    if (request.isNavigationRequest()) asked.clear();
    if (request.method() !== 'GET' || request.resourceType() !== 'fetch') return;
    const now = Date.now();
    const times = [...(asked.get(request.url()) ?? []), now].filter((time) => now - time < WINDOW_MS);
    asked.set(request.url(), times);
    if (times.length === TOO_OFTEN) complaints.push(`${page.url()}: asks again and again for ${request.url()}`);
  });
}

/** No page complained, but for what a test expects. */
export function assertQuiet(page, ...expected) {
  const odd = page.complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
  assert.deepEqual(odd, []);
}

/** What axe finds on the page as it is now (WCAG 2.2 AA and best practices): nothing. */
export async function assertAccessible(page) {
  // Where there are no frames the page alone is enough: a third quicker.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1).analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join('\n  ')}`);
  assert.deepEqual(told, [], `${page.url()}:\n${told.join('\n')}`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(sideways <= 1, `${page.url()} scrolls sideways by ${sideways} px`);
}
