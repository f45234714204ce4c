using Microsoft.Playwright;

namespace Pyrite.Explorer.Tests.Browser;

/// <summary>One browser for all tests, started when the first one asks.</summary>
public sealed class OpenBrowser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
    }

    /// <summary>A page that remembers what its console complained of.</summary>
    internal async Task<WatchedPage> NewPage(int width = 1280, int height = 720, ColorScheme scheme = ColorScheme.Light, bool isOffline = false)
    {
        playwright ??= await Playwright.CreateAsync();

        // The sandbox of Chromium does not run as root, which continuous integration often is.
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = ["--no-sandbox"] });
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            Offline = isOffline,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new WatchedPage(await context.NewPageAsync());
    }
}
