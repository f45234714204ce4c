using System.Globalization;

namespace Pyrite.Launching;

/// <summary>Where a rank runs: what the ranks tell each other at the start.</summary>
/// <param name="Host">The name of its host.</param>
/// <param name="Processors">The processors that it may run on, as the system lists them; empty where it does not tell.</param>
/// <param name="ProcessorCount">How many processors .NET sees.</param>
/// <param name="HostProcessorCount">How many processors its host has.</param>
internal sealed record RankPlace(string Host, string Processors, int ProcessorCount, int HostProcessorCount)
{
    private const char Separator = '\n';

    /// <summary>As text, for other ranks.</summary>
    public string Write() => string.Join(Separator, Host, Processors, $"{ProcessorCount}", $"{HostProcessorCount}");

    /// <summary>From the text of another rank.</summary>
    public static RankPlace Read(string text)
    {
        string[] parts = text.Split(Separator);
        return new RankPlace(parts[0], parts[1], Number(parts[2]), Number(parts[3]));

        static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(this);
}
