using System.Text.Json;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Inference.Telemetry;

/// <summary>The file of events: lines of JSON, few of them however many reports come, whole whenever somebody looks.</summary>
public sealed class RunLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-log-").FullName;
    private readonly SetTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Numbers_are_written_with_the_seconds_and_what_is_not_finite_as_null()
    {
        using RunLog log = new(folder, time);
        time.Seconds = 2.5;
        log.Write("epoch", isImportant: true, ("loss", 0.1), ("test", double.NaN));

        JsonElement[] lines = Lines();
        Assert.Equal("start", lines[0].GetProperty("event").GetString());
        Assert.Equal("epoch", lines[1].GetProperty("event").GetString());
        Assert.Equal((2.5, 0.1), (lines[1].GetProperty("t").GetDouble(), lines[1].GetProperty("loss").GetDouble()));
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("test").ValueKind);
    }

    [Fact]
    public void A_day_of_reports_leaves_less_than_a_megabyte_and_never_loses_the_end()
    {
        using RunLog log = new(folder, time);
        for (int i = 0; i < 864_000; i++)
        {
            time.Seconds = i / 10.0;
            log.Report(new SviProgress(i, 864_000, 123.456));
        }
        log.Report(new SviProgress(864_000, 864_000, 1) { IsEnd = true });

        Assert.InRange(new FileInfo(Path.Combine(folder, RunLog.FileName)).Length, 10_000, 1_000_000);
        Assert.Equal(864_000, Lines()[^1].GetProperty("step").GetInt32());
    }

    [Fact]
    public void Reports_of_a_moment_are_one_line_for_each_chain()
    {
        using RunLog log = new(folder, time);
        time.Seconds = 1;
        for (int i = 0; i < 100; i++)
        {
            log.Report(new McmcProgress(i % 2, i, 100, true, 3, 0.25) { Chains = 2 });
        }

        JsonElement[] lines = Lines();
        Assert.Equal(3, lines.Length);
        Assert.Equal([0, 1], lines[1..].Select(line => line.GetProperty("chain").GetInt32()));
        Assert.Equal((3, 0.25), (lines[1].GetProperty("divergences").GetInt32(), lines[1].GetProperty("step_size").GetDouble()));
    }

    [Fact]
    public void Chains_of_a_run_tell_their_end_from_threads_of_their_own()
    {
        using (RunLog log = new(folder))
        {
            Mcmc.Run(() => Sample("z", new Normal(0, 1)), chains: 4, warmup: 60, draws: 40, seed: 1, progress: log);
        }

        JsonElement[] ends = [.. Lines().Where(line => line.TryGetProperty("end", out JsonElement end) && end.GetInt32() == 1)];
        Assert.Equal([0, 1, 2, 3], ends.Select(line => line.GetProperty("chain").GetInt32()).Order());
        Assert.All(ends, line => Assert.Equal(100, line.GetProperty("transitions").GetInt32()));
    }

    [Fact]
    public void A_new_log_replaces_an_earlier_one_and_a_closed_one_is_silent()
    {
        RunLog first = new(folder, time);
        first.Write("epoch", isImportant: true, ("loss", 1));
        first.Dispose();
        first.Write("epoch", isImportant: true, ("loss", 2));
        string before = Lines()[0].GetProperty("run").GetString()!;
        Assert.Equal(2, Lines().Length);

        new RunLog(folder, time).Dispose();

        Assert.NotEqual(before, Assert.Single(Lines()).GetProperty("run").GetString());
        Assert.Throws<DirectoryNotFoundException>(() => new RunLog(Path.Combine(folder, "nowhere")));
    }

    private JsonElement[] Lines() =>
        [.. File.ReadAllLines(Path.Combine(folder, RunLog.FileName)).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>A clock that a test sets.</summary>
    private sealed class SetTime : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (long)(Seconds * TimeSpan.TicksPerSecond);
    }
}
