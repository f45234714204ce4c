namespace Pyrite;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file at hand.</param>
/// <param name="FileNumber">Its number, from 1.</param>
/// <param name="FileCount">How many files there are.</param>
/// <param name="ReceivedBytes">Bytes of this file so far; equal to <paramref name="TotalBytes"/> for one that was already there.</param>
/// <param name="TotalBytes">The size of this file, null where the server did not say.</param>
public readonly record struct DownloadProgress(string File, int FileNumber, int FileCount, long ReceivedBytes, long? TotalBytes)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
