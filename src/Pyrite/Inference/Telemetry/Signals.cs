using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pyrite.Inference.Telemetry;

/// <summary>Where the metrics and activities of this library come from; <c>docs/telemetry.md</c> lists them.</summary>
internal static class Signals
{
    /// <summary>The name that listeners ask for, of the meter and of the activities.</summary>
    public const string Name = "Pyrite";

    private static readonly string? Version = typeof(Signals).Assembly.GetName().Version?.ToString(fieldCount: 3);

    /// <summary>Makes activities.</summary>
    public static ActivitySource Activities { get; } = new(Name, Version);

    /// <summary>Makes instruments.</summary>
    public static Meter Meter { get; } = new(Name, Version);

    /// <summary>What <see cref="SecondsSince"/> counts from.</summary>
    /// <remarks>Only asked for while somebody listens; no result depends on the clock.</remarks>
    public static long Now => TimeProvider.System.GetTimestamp();

    /// <summary>The time since then.</summary>
    public static double SecondsSince(long start) => TimeProvider.System.GetElapsedTime(start).TotalSeconds;

    /// <summary>Marks an activity as failed, with the exception that ended it.</summary>
    public static void Fail(Activity activity, Exception error) => activity.SetStatus(ActivityStatusCode.Error, error.Message).AddException(error);
}
