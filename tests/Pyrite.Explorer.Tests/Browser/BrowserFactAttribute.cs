namespace Pyrite.Explorer.Tests.Browser;

/// <summary>A test in a browser, skipped with a reason where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Where Chromium is; the variable PYRITE_CHROMIUM names another one.</summary>
    internal static readonly string? Chromium = new[]
    {
        Environment.GetEnvironmentVariable("PYRITE_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    }.FirstOrDefault(File.Exists);

    public BrowserFactAttribute() => Skip = Chromium is null ? "There is no Chromium here (Debian: chromium; or name it in PYRITE_CHROMIUM)." : null;
}
