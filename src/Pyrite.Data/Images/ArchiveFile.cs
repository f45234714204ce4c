namespace Pyrite.Images;

/// <summary>An archive that is kept as it came.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The sum of its bytes.</param>
internal sealed record ArchiveFile(string Name, long Bytes, string Sha256) : RemoteFile(Name, Bytes)
{
    /// <inheritdoc/>
    public override string? FindFault(string path) => FindFault(path, Sha256);
}
