import type { Locator, Page } from 'playwright-core'

const LIMIT_MS = 30_000
// GraphiQL learns the name of a tab's operation a moment after it shows it, and refuses to run it until then.
const TOO_SOON = 'Cannotinferoperation'

/** GraphiQL as a person uses it: tabs, the big button, and what is written in the panes. */
export class GraphiqlWindow {
  readonly answers: Locator

  constructor(readonly page: Page) {
    this.answers = page.getByLabel('Result Window')
  }

  /** What a pane shows, without any white space: the editor breaks long lines where it likes. */
  async read(pane: 'Operation Editor' | 'Variables' | 'Headers' | 'Result Window'): Promise<string> {
    return ((await this.page.getByRole('region', { name: pane, exact: true }).textContent()) ?? '').replace(/\s/g, '')
  }

  async choose(tab: string): Promise<void> {
    await this.page.getByRole('button', { name: tab, exact: true }).click()
    await this.until('Operation Editor', new RegExp(`(query|mutation|subscription)${tab}\\b`))
  }

  /** Runs an example. @returns what it answered, once that is what is expected */
  async run(tab: string, expected: RegExp): Promise<string> {
    await this.choose(tab)
    await this.execute()
    return this.until('Result Window', expected, async (shown) => {
      if (shown.includes(TOO_SOON)) await this.execute()
    })
  }

  /** Waits for what a pane shows. @throws with what it showed last */
  async until(
    pane: Parameters<GraphiqlWindow['read']>[0],
    expected: RegExp,
    meanwhile: (shown: string) => Promise<void> = async () => undefined,
  ): Promise<string> {
    const giveUpAt = Date.now() + LIMIT_MS
    for (;;) {
      const shown = await this.read(pane)
      if (expected.test(shown)) return shown
      if (Date.now() > giveUpAt) throw new Error(`${pane} did not get to ${expected}: ${shown}`)
      await meanwhile(shown)
      await this.page.waitForTimeout(100)
    }
  }

  private async execute(): Promise<void> {
    await this.page.getByRole('button', { name: /^Execute query/ }).click()
  }

  /** Follows the first link in the answer, into a new page. */
  async followLink(): Promise<Page> {
    const link = await this.answers.locator('.detected-link').first().boundingBox()
    if (!link) throw new Error('the answer shows no link')
    const opened = this.page.context().waitForEvent('page')
    const { mouse, keyboard } = this.page
    await mouse.move(link.x + 10, link.y + link.height / 2)
    await keyboard.down('ControlOrMeta')
    // The editor makes links of addresses once the mouse moves over them with the key held.
    await mouse.move(link.x + 20, link.y + link.height / 2, { steps: 5 })
    await this.page.locator('.detected-link-active').first().waitFor()
    await mouse.down()
    await mouse.up()
    await keyboard.up('ControlOrMeta')
    return opened
  }

  /** The same page once more, as a browser's "duplicate tab" makes it. */
  async duplicate(): Promise<GraphiqlWindow> {
    const opened = this.page.context().waitForEvent('page')
    await this.page.evaluate('void window.open(location.href)')
    return new GraphiqlWindow(await opened)
  }
}
