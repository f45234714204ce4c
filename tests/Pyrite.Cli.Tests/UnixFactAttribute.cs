namespace Pyrite.Cli.Tests;

/// <summary>A test with signals and a shell, skipped with a reason on Windows.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = UnixTheoryAttribute.ReasonToSkip;
}
