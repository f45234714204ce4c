using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pyrite.Testing;

namespace Pyrite.Explorer.Tests.Browser;

/// <summary>A page, what its console complained of, and what it asked of whom.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning" ? message.Text : null);
        page.PageError += (_, error) => Note(error);
        page.Request += (_, request) => Note(request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)
            || request.Url.StartsWith("data:", StringComparison.Ordinal) || request.Url.StartsWith("file:", StringComparison.Ordinal)
            ? null : "asked for " + request.Url);
    }

    public IPage Page { get; }

    public ILocator this[string selector] => Page.Locator(selector);

    /// <summary>Opens a page of an explorer and waits until it is there.</summary>
    public async Task Open(RunExplorer explorer, string hash)
    {
        await Page.GotoAsync(explorer.Address + "#" + hash);
        await Page.WaitForSelectorAsync($"main[data-ready=\"#{hash}\"]");
    }

    /// <summary>Nothing went wrong, nothing is wider than the page, and axe finds nothing serious.</summary>
    public async Task RequireSound()
    {
        Assert.Empty(complaints);
        Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, "The page is wider than the window.");
        AxeResult result = await Page.RunAxe();
        Assert.Empty(result.Violations.Where(one => one.Impact is "serious" or "critical")
            .Select(one => $"{one.Id}: {one.Help} {string.Join("; ", one.Nodes.Select(node => node.Html).Take(3))}"));
    }

    /// <summary>Keeps a picture of the page beside the test results.</summary>
    public async Task Keep(string name)
    {
        string folder = Path.GetFullPath(Path.Combine(GoldenFolder.Root, "..", "..", "artifacts", "screenshots"));
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Note(string? complaint)
    {
        if (complaint is not null)
        {
            lock (complaints)
            {
                complaints.Add(complaint);
            }
        }
    }
}
