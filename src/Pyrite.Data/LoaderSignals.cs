using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pyrite;

/// <summary>The metrics and activities of data loading; <c>docs/telemetry.md</c> lists them.</summary>
internal static class LoaderSignals
{
    /// <summary>The name that listeners ask for.</summary>
    public const string Name = "Pyrite.Data";

    private static readonly string? Version = typeof(LoaderSignals).Assembly.GetName().Version?.ToString(fieldCount: 3);

    private static readonly ActivitySource Activities = new(Name, Version);

    private static readonly Meter Meter = new(Name, Version);

    private static readonly Counter<long> Batches = Meter.CreateCounter<long>("pyrite.data.batches", "{batch}", "Batches handed out.");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("pyrite.data.rows", "{row}", "Rows handed out.");

    private static readonly Histogram<double> Waits = Meter.CreateHistogram(
        "pyrite.data.wait.duration", "s", "Time that a loop waited for its batch.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1] });

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Batches.Enabled || Rows.Enabled || Waits.Enabled;

    /// <summary>Now, for <see cref="Record"/>.</summary>
    /// <remarks>Only asked for while somebody listens; no batch depends on the clock.</remarks>
    public static long Now => TimeProvider.System.GetTimestamp();

    /// <summary>Begins the activity of an epoch; null where nobody listens.</summary>
    public static Activity? Epoch(DataLoader loader, int epoch) => Activities.StartActivity("pyrite.data.epoch")?
        .SetTag("pyrite.data.epoch", epoch).SetTag("pyrite.data.batch_size", loader.BatchSize);

    /// <summary>Records a batch.</summary>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="start">When the loop asked for it.</param>
    public static void Record(int rows, long start)
    {
        Batches.Add(1);
        Rows.Add(rows);
        Waits.Record(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }
}
