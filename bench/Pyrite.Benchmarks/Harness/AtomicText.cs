namespace Pyrite.Benchmarks.Harness;

/// <summary>Text files that are there as a whole or not at all.</summary>
internal static class AtomicText
{
    /// <summary>Writes beside the file and then takes its place: whoever is interrupted leaves the old one.</summary>
    public static void Write(string path, string text)
    {
        string beside = $"{path}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
