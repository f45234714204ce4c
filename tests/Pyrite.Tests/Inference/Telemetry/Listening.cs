using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pyrite.Tests.Inference.Telemetry;

/// <summary>Listens to the metrics and activities of Pyrite until it is disposed; tests that use it run one at a time.</summary>
internal sealed class Listening : IDisposable
{
    private readonly Lock one = new();
    private readonly MeterListener meters = new();
    private readonly ActivityListener activities;

    public Listening()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Pyrite", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Pyrite", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (one)
                {
                    Activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
    }

    /// <summary>All measurements: instrument, unit, value, attributes as <c>name=value</c>.</summary>
    public List<(string Instrument, string? Unit, double Value, string[] Tags)> Measurements { get; } = [];

    /// <summary>All activities that have ended.</summary>
    public List<Activity> Activities { get; } = [];

    public double[] Values(string instrument, params string[] tags) =>
        [.. Measurements.Where(one => one.Instrument == instrument && tags.All(one.Tags.Contains)).Select(one => one.Value)];

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> text = [];
        foreach ((string name, object? tag) in tags)
        {
            text.Add(FormattableString.Invariant($"{name}={tag}"));
        }
        lock (one)
        {
            Measurements.Add((instrument.Name, instrument.Unit, value, [.. text]));
        }
    }
}
