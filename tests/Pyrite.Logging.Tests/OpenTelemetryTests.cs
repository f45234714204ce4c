using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using static Pyrite.Primitives;
using Instrument = OpenTelemetry.Metrics.Metric;

namespace Pyrite.Logging.Tests;

/// <summary>OpenTelemetry reads the metrics and activities, with the wildcard of <c>docs/telemetry.md</c>.</summary>
public sealed class OpenTelemetryTests
{
    [Fact]
    public void An_exporter_reads_metrics_and_traces()
    {
        List<Instrument> metrics = [];
        List<Activity> activities = [];
        using MeterProvider meters = Sdk.CreateMeterProviderBuilder().AddMeter("Pyrite*").AddInMemoryExporter(metrics).Build();
        using TracerProvider traces = Sdk.CreateTracerProviderBuilder().AddSource("Pyrite*").AddInMemoryExporter(activities).Build();

        Svi<Tensor> svi = new(x => Sample("x", new Normal(Param("mean", 3.0), 1), observed: x.Mean()), _ => { }, new Adam(0.1), new TraceElbo());
        svi.Run(Tensor.Zeros(2), 25);
        Mcmc.Run(() => { Sample("z", new Normal(0, 1)); }, chains: 2, warmup: 50, draws: 50, seed: 1);
        foreach (Batch _ in new DataLoader(new TensorDataset(Tensor.Zeros(8, 2)), batchSize: 4))
        {
        }
        meters.ForceFlush();
        traces.ForceFlush();

        Assert.True(Sum("pyrite.svi.steps") >= 25);
        Assert.True(Sum("pyrite.mcmc.draws") >= 100);
        Assert.True(Sum("pyrite.data.rows") >= 8);
        Instrument durations = Assert.Single(metrics, metric => metric.Name == "pyrite.svi.step.duration");
        Assert.Equal(("s", MetricType.Histogram), (durations.Unit, durations.MetricType));
        Assert.Contains(metrics, metric => metric is { Name: "pyrite.svi.loss", MetricType: MetricType.DoubleGauge });
        Assert.Superset(
            new HashSet<string> { "pyrite.svi.run", "pyrite.mcmc.run", "pyrite.mcmc.chain", "pyrite.data.epoch" },
            activities.Select(activity => activity.OperationName).ToHashSet());

        long Sum(string name)
        {
            long sum = 0;
            foreach (ref readonly MetricPoint point in Assert.Single(metrics, metric => metric.Name == name).GetMetricPoints())
            {
                sum += point.GetSumLong();
            }
            return sum;
        }
    }
}
