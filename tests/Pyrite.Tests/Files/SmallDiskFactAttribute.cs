using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>A test on a small disk, skipped with a reason where none can be mounted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.ReasonToSkip;
}
