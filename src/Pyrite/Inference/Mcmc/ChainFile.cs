using System.Globalization;
using Pyrite.Diagnostics;

namespace Pyrite.Inference.Mcmc;

/// <summary>One chain's draws and state on their way into files.</summary>
internal sealed class ChainFile : IDrawsTarget, IDisposable
{
    private const int LongestNumber = 32;

    private readonly ChainFiles files;
    private readonly McmcSettings settings;
    private readonly Potential potential;
    private readonly string path;
    private readonly string[] names;
    private readonly int[] order;
    private readonly double[] report = new double[SamplerReport.Count];
    private readonly double[] values;
    private readonly byte[] line;
    private FileStream? stream;
    private long saved;

    /// <exception cref="ArgumentException">The name of a site cannot stand in the header of a file.</exception>
    public ChainFile(ChainFiles files, int chain, McmcSettings settings, Potential potential)
    {
        this.files = files;
        this.settings = settings;
        this.potential = potential;
        path = ChainFiles.DrawsOf(files.Path, chain);
        List<(string Name, int Place)> columns = [.. potential.Quantities.SelectMany(quantity =>
            CmdStanHeader.ColumnsOf(quantity.Name, quantity.Shape).Select(column => (column.Name, quantity.Offset + column.Place)))];
        names = [.. SamplerColumns.All, .. columns.Select(column => column.Name)];
        order = [.. columns.Select(column => column.Place)];
        values = new double[order.Length];
        line = new byte[(names.Length * LongestNumber) + 1];
    }

    /// <summary>Makes the files, or goes on where a saved chain ended; what was written after it was saved is cut off.</summary>
    /// <exception cref="InvalidDataException">The file of draws is shorter than when the chain was saved.</exception>
    public void Open(ChainRun run, ChainSnapshot? earlier)
    {
        stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        long length = earlier?.FileLength ?? 0;
        if (stream.Length < length)
        {
            throw new InvalidDataException($"{path} has {stream.Length} bytes; when its chain was saved it had {length}. It has been changed since; begin anew.");
        }
        stream.SetLength(length);
        stream.Position = length;
        Save(run);
    }

    /// <inheritdoc/>
    public void Write(int chain, int draw, Potential fork, ChainState state)
    {
        fork.Constrain(state.Point, values);
        SamplerReport.Write(state.Last, report);
        if (stream!.Position == 0)
        {
            WriteHead(chain, state);
        }
        int at = 0;
        foreach (double number in report)
        {
            Append(number, ref at);
        }
        foreach (int place in order)
        {
            Append(values[place], ref at);
        }
        line[at - 1] = (byte)'\n';
        stream.Write(line, 0, at);
    }

    /// <inheritdoc/>
    public void Follow(ChainRun run, bool isEnd)
    {
        long made = run.State.Transitions;
        long every = made <= settings.Warmup ? files.BlockSize : (long)files.BlockSize * settings.Thinning;
        if (isEnd ? made > saved : made - saved >= every || made == settings.Warmup)
        {
            Save(run);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream?.Dispose();

    /// <summary>Draws first, then the state that counts on them.</summary>
    private void Save(ChainRun run)
    {
        stream!.Flush(flushToDisk: true);
        SavedRun state = new(settings, potential.Sites.Count, potential.Quantities, [run.Snapshot(stream.Length)]);
        McmcStateFile.Save(ChainFiles.StateOf(files.Path, run.Chain), state, null);
        saved = run.State.Transitions;
    }

    private void WriteHead(int chain, ChainState state)
    {
        using StreamWriter text = new(stream!, leaveOpen: true) { NewLine = "\n" };
        foreach (string setting in CmdStanHeader.Settings(settings.Described(), settings.Draws, chain))
        {
            text.WriteLine(setting);
        }
        text.WriteLine(string.Join(',', names));
        text.WriteLine("# Adaptation terminated");
        if (settings.Sampler is HamiltonianSampler)
        {
            text.WriteLine("# Step size = " + CmdStanHeader.Number(HamiltonianSampler.StepSizeOf(state)));
            text.WriteLine("# Diagonal elements of inverse mass matrix:");
            text.WriteLine("# " + string.Join(", ", HamiltonianSampler.MetricOf(state).Variances.Select(CmdStanHeader.Number)));
        }
    }

    private void Append(double number, ref int at)
    {
        if (double.IsFinite(number))
        {
            number.TryFormat(line.AsSpan(at), out int written, "R", CultureInfo.InvariantCulture);
            at += written;
        }
        else
        {
            ReadOnlySpan<byte> word = double.IsNaN(number) ? "nan"u8 : number > 0 ? "inf"u8 : "-inf"u8;
            word.CopyTo(line.AsSpan(at));
            at += word.Length;
        }
        line[at++] = (byte)',';
    }
}
