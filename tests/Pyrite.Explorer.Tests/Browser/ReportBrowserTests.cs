using Microsoft.Playwright;

namespace Pyrite.Explorer.Tests.Browser;

/// <summary>Reports in a browser without a network: all pictures are there, and all can use them.</summary>
[Trait("Once", "Cultures")]
[Trait("Category", "Long")]
public sealed class ReportBrowserTests(OpenBrowser browser) : IClassFixture<OpenBrowser>, IDisposable
{
    private const int MostBytes = 2 << 20;

    private static readonly string[] Pictures =
        ["Trace of mu", "Ranks of mu", "Density of mu", "Medians with", "sigma against mu", "Data over draws of y"];

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [BrowserFact]
    public async Task A_report_of_chains_opens_from_the_disk_offline()
    {
        string path = Path.Combine(folder, "run.html");
        Mcmc.Run(TemporaryRuns.Model, chains: 4, warmup: 200, draws: 400, seed: 1).SaveReport(path, TemporaryRuns.Model, "Three groups");
        Assert.True(new FileInfo(path).Length < MostBytes);
        foreach ((int width, int height, ColorScheme scheme) in new[] { (1280, 720, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await using WatchedPage page = await Open(path, width, height, scheme);
            foreach (string name in Pictures)
            {
                await Assertions.Expect(page[$"svg[aria-label^=\"{name}\"]"]).ToHaveCountAsync(1);
            }
            await Assertions.Expect(page[".graph svg"]).ToHaveCountAsync(1);
            await Assertions.Expect(page["table"].First).ToContainTextAsync("theta[north]");
            await page.RequireSound();
            await page.Keep($"report-{width}-{scheme}".ToLowerInvariant());
        }
    }

    [BrowserFact]
    public async Task Its_pictures_answer_to_keys_and_pointer_and_it_can_be_printed()
    {
        string path = Path.Combine(folder, "run.html");
        Mcmc.Run(TemporaryRuns.Model, chains: 2, warmup: 100, draws: 200, seed: 1).SaveReport(path);
        await using WatchedPage page = await Open(path, 1280, 720, ColorScheme.Dark);

        await page.Page.GetByLabel("Number").SelectOptionAsync(new SelectOptionValue { Label = "sigma" });
        ILocator trace = page["svg[aria-label=\"Trace of sigma\"]"];
        await trace.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await trace.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 3), box.Y + (box.Height / 2));
        await Assertions.Expect(trace).ToContainTextAsync("chain ");
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new() { Steps = 3 });
        await page.Page.Mouse.UpAsync();
        ILocator whole = page.Page.GetByRole(AriaRole.Button, new() { Name = "Show all draws" });
        await Assertions.Expect(whole).ToBeVisibleAsync();
        string from = await page.Page.GetByLabel("from draw").InputValueAsync();
        Assert.InRange(int.Parse(from, System.Globalization.CultureInfo.InvariantCulture), 50, 80);
        await whole.ClickAsync();
        await Assertions.Expect(whole).ToBeHiddenAsync();

        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await Assertions.Expect(page[".controls"].First).ToBeHiddenAsync();
        await page.Keep("report-print");
    }

    [BrowserFact]
    public async Task A_report_of_a_fit_has_its_losses()
    {
        string path = Path.Combine(folder, "fit.html");
        Svi<int> svi = new(_ => TemporaryRuns.Model(), new AutoNormal<int>(_ => TemporaryRuns.Model()), new Adam(0.05), new TraceElbo(), seed: 1);
        svi.Run(0, 200).SaveReport(path);
        await using WatchedPage page = await Open(path, 1280, 720, ColorScheme.Light);

        await Assertions.Expect(page["svg[aria-label=\"Loss by step\"]"]).ToHaveCountAsync(1);
        await page.RequireSound();
        await page.Keep("report-fit");
    }

    private async Task<WatchedPage> Open(string path, int width, int height, ColorScheme scheme)
    {
        WatchedPage page = await browser.NewPage(width, height, scheme, isOffline: true);
        await page.Page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.Page.WaitForSelectorAsync("html[data-ready=yes]");
        return page;
    }
}
