// The audit log: an administrator finds who changed what.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { product } from './actors.mjs';
import { DESKTOP, PHONE, assertAccessible, assertQuiet, openBrowser, openPage } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

for (const [lang, theme, size, name] of [['en', 'light', DESKTOP, 'desktop'], ['es', 'dark', PHONE, 'phone']]) {
  test(`an administrator searches the audit log (${lang}, ${theme}, ${name})`, async () => {
    const words = wordsOf(lang);
    const [mug, pot] = [await product(shop), await product(shop, { name: `Audited pot ${lang}` })];
    await call(shop, 'PATCH', `/api/v1/products/${pot.id}`, { token: pot.token, body: { name: `Audited jug ${lang}` } });
    const page = await openPage(browser, shop, { lang, theme, size });
    await page.goto('/admin/login');
    await page.getByLabel(words.login).fill(shop.admin.login);
    await page.getByLabel(words.password, { exact: true }).fill(shop.admin.password);
    await page.getByRole('button', { name: words.signIn, exact: true }).click();
    await page.waitForURL((url) => !url.pathname.includes('login'));
    await page.goto('/admin/audit');
    const rows = page.locator('tbody tr');
    await rows.filter({ hasText: mug.name }).first().waitFor();
    // By the name that it has now, all that was ever done to it.
    await page.getByRole('searchbox').fill(`audited jug ${lang}`);
    await page.waitForURL(/q=audited/);
    await rows.filter({ hasText: mug.name }).first().waitFor({ state: 'detached' });
    assert.equal(await rows.count(), 2);
    await page.locator('.filters select').first().selectOption('product.updated');
    await page.waitForURL(/action=product\.updated/);
    await rows.nth(1).waitFor({ state: 'detached' });
    assert.equal(await rows.count(), 1);
    await rows.first().getByText(words.productChanged).waitFor();
    assert.equal(await rows.first().getByRole('link', { name: `Audited jug ${lang}` }).getAttribute('href'), `/admin/products/${pot.id}`);
    await assertAccessible(page);
    assertQuiet(page);
    await page.context().close();
  });
}
