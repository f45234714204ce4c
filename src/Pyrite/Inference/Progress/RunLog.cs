using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pyrite;

/// <summary>Writes how far a run is into a file of its folder, which <c>pyrite explore</c> shows while the run goes on.</summary>
/// <remarks>
/// <c>svi.Run(data, 2_000, new RunLog("runs/mine"))</c>, <c>Mcmc.Run(model, progress: new RunLog("runs/mine"))</c>, and <see cref="Write"/> in
/// loops of one's own. The file, <c>events.jsonl</c>, has a JSON object in each line with the seconds since the start; an earlier one is replaced. Of
/// many reports few are written, at most five per second and fewer the longer the run takes, so that a day leaves less than a megabyte. Where the
/// disk fails, the run goes on without. Safe to use from several threads.
/// </remarks>
public sealed class RunLog : IProgress<SviProgress>, IProgress<McmcProgress>, IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "events.jsonl";

    private const double ShortestPause = 0.2;
    private const double PauseShare = 0.002;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly long start;
    private readonly Dictionary<string, double> last = [];
    private FileStream? file;

    /// <summary>Begins the file.</summary>
    /// <param name="folder">The folder of the run, which must exist.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RunLog(string folder)
        : this(folder, TimeProvider.System)
    {
    }

    internal RunLog(string folder, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.time = time;
        start = time.GetTimestamp();
        string path = Path.Combine(folder, FileName);
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        string at = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        Append("start", $"{at} {Guid.NewGuid():N}", []);
    }

    /// <summary>Writes how far variational inference is.</summary>
    /// <param name="value">A report of <c>Svi.Run</c>.</param>
    public void Report(SviProgress value) =>
        Write("step", value.IsEnd, ("step", value.Step), ("steps", value.Steps), ("loss", value.Loss), ("end", value.IsEnd ? 1 : 0));

    /// <summary>Writes how far a chain is.</summary>
    /// <param name="value">A report of <c>Mcmc.Run</c> or <c>Mcmc.Resume</c>.</param>
    public void Report(McmcProgress value) => Write($"chain {value.Chain}", value.IsEnd, ("chain", value.Chain), ("chains", value.Chains),
        ("transitions", value.Transitions), ("total", value.Total), ("warmup", value.IsWarmup ? 1 : 0), ("divergences", value.Divergences),
        ("step_size", value.StepSize), ("end", value.IsEnd ? 1 : 0));

    /// <summary>Writes numbers of a loop of one's own.</summary>
    /// <param name="name">What they tell of, such as <c>batch</c>; those of one name follow each other at most five times per second.</param>
    /// <param name="isImportant">Whether they are written whenever they come, for what is rare: the end of an epoch.</param>
    /// <param name="numbers">The numbers by name; those that are not finite are written as null.</param>
    public void Write(string name, bool isImportant, params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (gate)
        {
            double now = Seconds, before = last.GetValueOrDefault(name, double.NegativeInfinity);
            if (isImportant || now - before >= Math.Max(ShortestPause, PauseShare * now))
            {
                last[name] = now;
                Append(name, null, numbers);
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
        }
    }

    private double Seconds => time.GetElapsedTime(start).TotalSeconds;

    private void Append(string name, string? run, ReadOnlySpan<(string Name, double Value)> numbers)
    {
        if (file is null)
        {
            return;
        }
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("event", name.Split(' ')[0]);
            if (run is not null)
            {
                json.WriteString("run", run);
            }
            json.WriteNumber("t", Math.Round(Seconds, 3));
            foreach ((string key, double value) in numbers)
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumber(key, value);
                }
                else
                {
                    json.WriteNull(key);
                }
            }
            json.WriteEndObject();
        }
        line.Write(Encoding.UTF8.GetBytes("\n"));
        try
        {
            file.Write(line.GetBuffer(), 0, (int)line.Length);
        }
        catch (IOException)
        {
            // What a run learns or draws is worth more than what is told about it.
            file.Dispose();
            file = null;
        }
    }
}
