namespace Pyrite.Cli.Tests;

/// <summary>Tests with signals and a shell, skipped with a reason on Windows.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = ReasonToSkip;

    internal static string? ReasonToSkip => OperatingSystem.IsWindows() ? "Signals and shells of this kind are those of Unix." : null;
}
