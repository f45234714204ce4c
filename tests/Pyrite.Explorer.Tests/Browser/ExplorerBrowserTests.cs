using System.Globalization;
using Microsoft.Playwright;

namespace Pyrite.Explorer.Tests.Browser;

/// <summary>The pages in a browser: they load, show what the networks and the draws say, move while a run goes on, and can be used by all.</summary>
[Trait("Once", "Cultures")]
[Trait("Category", "Long")]
public sealed class ExplorerBrowserTests(OpenBrowser browser) : IClassFixture<OpenBrowser>, IAsyncLifetime
{
    private TemporaryRuns? runs;

    private TemporaryRuns Runs => runs!;

    public Task InitializeAsync()
    {
        runs = BrowserFactAttribute.Chromium is null ? null : new TemporaryRuns();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (runs is not null)
        {
            await runs.DisposeAsync();
        }
    }

    [BrowserFact]
    public async Task All_pages_load_without_complaint_in_light_and_dark_wide_and_narrow()
    {
        using RunLog log = new(Runs.PathOf("plane"));
        log.Write("batch", isImportant: true, ("epoch", 0), ("batch", 3), ("batches", 9), ("loss", 300.5), ("images_per_second", 900),
            ("seconds_left", 5));
        log.Write("epoch", isImportant: true, ("epoch", 0), ("training_loss", 290), ("test_loss", 280), ("images_per_second", 900));
        File.WriteAllBytes(Runs.PathOf("plane/loss.png"), Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        (string Name, string Hash)[] pages =
        [
            ("runs", "/"), ("plane", "/run/plane/plane"), ("progress", "/run/plane/progress"), ("pictures", "/run/plane/pictures"),
            ("settings", "/run/plane/settings"), ("posterior", "/run/chains/posterior"), ("side-by-side", "/compare"),
        ];
        foreach ((int width, int height, ColorScheme scheme) in new[] { (1280, 720, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await using WatchedPage page = await browser.NewPage(width, height, scheme);
            foreach ((string name, string hash) in pages)
            {
                await page.Open(Runs.Explorer, hash);
                await page.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
                await page.RequireSound();
                await page.Keep($"{name}-{width}-{scheme}".ToLowerInvariant());
            }
        }
    }

    [BrowserFact]
    public async Task The_digit_under_the_pointer_is_the_decoders()
    {
        await using WatchedPage page = await browser.NewPage();
        await page.Open(Runs.Explorer, "/run/plane/plane");
        LocatorBoundingBoxResult map = (await page["canvas.map"].BoundingBoxAsync())!;
        foreach ((float right, float down) in new[] { (0.5f, 0.5f), (0.55f, 0.3f), (0.42f, 0.71f) })
        {
            await page.Page.Mouse.MoveAsync(map.X + (right * map.Width), map.Y + (down * map.Height));
            await page.Page.WaitForFunctionAsync(
                "() => { const d = document.querySelector('.digit.big'), s = document.querySelectorAll('input[type=range]');"
                    + " return Math.abs(d.dataset.x - s[0].value) < 0.006 && Math.abs(d.dataset.y - s[1].value) < 0.006; }");

            string[] place = await page.Page.EvaluateAsync<string[]>(
                "(d => [d.dataset.x, d.dataset.y])(document.querySelector('.digit.big'))");
            int[] ink = await page.Page.EvaluateAsync<int[]>("[...(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data)"
                + "(document.querySelector('.digit.big'))].filter((_, i) => i % 4 === 3)");
            float[] latents = Array.ConvertAll(place, number => float.Parse(number, CultureInfo.InvariantCulture));
            byte[] expected = Runs.Network.Image(latents[0], latents[1]);
            Assert.Equal(expected, Array.ConvertAll(ink, value => (byte)value));
        }

        // Right is more of the first latent, up more of the second.
        await page.Page.Mouse.MoveAsync(map.X + (0.6f * map.Width), map.Y + (0.2f * map.Height));
        await Assertions.Expect(page["output"].Nth(1)).Not.ToContainTextAsync("-");
        await Assertions.Expect(page["output"].Nth(0)).Not.ToContainTextAsync("-");
    }

    [BrowserFact]
    public async Task A_path_a_reconstruction_and_neighbours_appear_by_keys_and_pointer()
    {
        await using WatchedPage page = await browser.NewPage();
        await page.Open(Runs.Explorer, "/run/plane/plane");

        await page["canvas.map"].FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page["#strip canvas"]).ToHaveCountAsync(13);
        await Assertions.Expect(page["#nearest canvas"]).ToHaveCountAsync(6);

        await page["#index"].FillAsync("7");
        await page["#take"].ClickAsync();
        await page.Page.WaitForSelectorAsync("canvas[data-done]");
        LocatorBoundingBoxResult pad = (await page[".pad"].BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(pad.X + 20, pad.Y + 20);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(pad.X + 90, pad.Y + 120, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.querySelector('canvas[data-done]').dataset.done) >= 2");
        await page.RequireSound();
        await page.Keep("plane-used");
    }

    [BrowserFact]
    public async Task A_digit_is_drawn_by_keys()
    {
        await using WatchedPage page = await browser.NewPage();
        await page.Open(Runs.Explorer, "/run/plane/plane");
        await page[".pad"].FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(0, await Ink());
        await page.Page.Keyboard.PressAsync(" ");
        for (int i = 0; i < 3; i++)
        {
            await page.Page.Keyboard.PressAsync("ArrowDown");
        }
        await page.Page.WaitForFunctionAsync("() => Number(document.querySelector('canvas[data-done]')?.dataset.done) >= 1");
        await Assertions.Expect(page.Page.GetByText("Pen down")).ToBeVisibleAsync();
        int drawn = await Ink();
        Assert.True(drawn > 4 * 255, $"{drawn} of ink");
        await page.Page.Keyboard.PressAsync(" ");
        await page.Page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal(drawn, await Ink());
        await page.Page.Keyboard.PressAsync("Delete");
        Assert.Equal(0, await Ink());
        await page.RequireSound();

        Task<int> Ink() => page.Page.EvaluateAsync<int>("[...document.querySelector('.pad').image].reduce((sum, ink) => sum + ink, 0)");
    }

    [BrowserFact]
    public async Task Live_training_moves()
    {
        using RunLog log = new(Runs.PathOf("plane"));
        await using WatchedPage page = await browser.NewPage();
        await page.Open(Runs.Explorer, "/run/plane/progress");
        for (int batch = 1; batch <= 3; batch++)
        {
            log.Write("batch", isImportant: true, ("epoch", 0), ("batch", batch), ("batches", 4), ("loss", 600 - (100 * batch)),
                ("images_per_second", 1_000), ("seconds_left", 4 - batch));
            await Assertions.Expect(page["main"]).ToContainTextAsync($"{600 - (100 * batch)}");
            await page.Page.WaitForSelectorAsync($"[data-points=\"{batch}\"]");
        }
        await page.RequireSound();
    }

    [BrowserFact]
    public async Task Live_sampling_grows_its_traces()
    {
        Directory.CreateDirectory(Runs.PathOf("live"));
        using RunLog log = new(Runs.PathOf("live"));
        await using WatchedPage page = await browser.NewPage();
        await page.Open(Runs.Explorer, "/run/live/progress");
        ChainFiles files = new(Runs.PathOf("live/draws")) { BlockSize = 10 };
        Mcmc.Run(TemporaryRuns.Model, chains: 2, warmup: 100, draws: 60, seed: 4, progress: log, files: files);

        await page.Page.WaitForSelectorAsync("[data-draws=\"120\"]");
        await Assertions.Expect(page["progress"]).ToHaveCountAsync(2);
        await Assertions.Expect(page["main"]).ToContainTextAsync("160 of 160");

        Mcmc.Resume(TemporaryRuns.Model, files, draws: 100, progress: log);
        await page.Page.WaitForSelectorAsync("[data-draws=\"200\"]");
        await page.RequireSound();
        await page.Keep("live-sampling");
    }

    [BrowserFact]
    public async Task Numbers_chains_and_stretches_of_a_trace_can_be_chosen()
    {
        await using WatchedPage page = await browser.NewPage(1280, 720, ColorScheme.Dark);
        await page.Open(Runs.Explorer, "/run/chains/posterior");
        await page["select"].First.SelectOptionAsync(new SelectOptionValue { Label = "theta[south]" });
        await Assertions.Expect(page["svg[aria-label=\"Trace of theta[south]\"]"]).ToHaveCountAsync(1);
        string whole = await page["svg[aria-label^=Trace]"].InnerHTMLAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "chain 2" }).ClickAsync();
        string one = await page["svg[aria-label^=Trace]"].InnerHTMLAsync();
        Assert.True(one.Length < whole.Length);
        await page.Page.GetByLabel("from draw").FillAsync("20");
        await page.Page.GetByLabel("from draw").PressAsync("Tab");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Show all draws" })).ToBeVisibleAsync();
        await page.RequireSound();
    }
}
