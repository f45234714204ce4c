using System.Globalization;

namespace Pyrite.Cli.Sharing;

/// <summary>How many threads the engine gets: what the option says, else the variable, which a cluster sets to this rank's share, else all
/// processors.</summary>
internal static class EngineThreads
{
    private const string Variable = "PYRITE_THREADS";

    /// <summary>Decides, before anything uses the engine, which reads the variable once.</summary>
    public static int Choose(int? wish)
    {
        int threads = wish
            ?? (int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
                && given > 0
                ? given
                : Environment.ProcessorCount);
        Environment.SetEnvironmentVariable(Variable, threads.ToString(CultureInfo.InvariantCulture));
        return threads;
    }
}
