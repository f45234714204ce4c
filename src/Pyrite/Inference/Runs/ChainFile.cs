using System.Globalization;
using System.Text;
using Pyrite.Inference.Exchange;
using Pyrite.Inference.Samplers;
using Pyrite.Serialization;

namespace Pyrite.Inference.Runs;

/// <summary>One chain's draws and state on their way into files.</summary>
internal sealed class ChainFile : IDrawsTarget, IDisposable
{
    private const int LongestNumber = 32;

    /// <summary>The number of draws stands in the first lines; a model's name before it may be long.</summary>
    private const int MostHeadBytes = 1 << 16;

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
        path = ChainFileSet.DrawsOf(files.Path, chain);
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
        stream = new FileStream(FileTarget.Of(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);
        long length = earlier?.FileLength ?? 0;
        if (stream.Length < length)
        {
            throw new InvalidDataException(
                $"{path} has {stream.Length} bytes; when its chain was saved it had {length}. It has been changed since; begin anew.");
        }
        stream.SetLength(length);
        UpdateCount(stream);
        stream.Position = length;
        Save(run);
    }

    /// <inheritdoc/>
    public void Write(int chain, int draw, Potential fork, ChainState state)
    {
        fork.Constrain(state.Position, values);
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

    /// <summary>Writes what stands below the draws of a chain that has all of them.</summary>
    public void End(ChainRun run)
    {
        if (run.IsComplete && stream!.Position > 0)
        {
            WriteLines(CmdStanMetric.Times(0, 0));
            stream.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            stream?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is cut off or made again when the run is resumed; why it could not is on its way to the caller.
        }
    }

    /// <summary>Writes the number of draws that the run is to have now over the one that stands in the comments.</summary>
    private void UpdateCount(FileStream file)
    {
        byte[] head = new byte[Math.Min(file.Length, MostHeadBytes)];
        file.Position = 0;
        file.ReadExactly(head);
        int at = head.AsSpan().IndexOf(Encoding.ASCII.GetBytes(CmdStanHeader.SamplesLine));
        if (at >= 0)
        {
            int start = at + CmdStanHeader.SamplesLine.Length, room = head.AsSpan(start).IndexOf((byte)'\n');
            byte[] count =
                Encoding.ASCII.GetBytes(
                    ((long)settings.Draws * settings.Thinning).ToString(CultureInfo.InvariantCulture).PadRight(Math.Max(0, room)));
            // Files of the first version have no room for a longer number.
            if (count.Length == room && !head.AsSpan(start, room).SequenceEqual(count))
            {
                file.Position = start;
                file.Write(count);
            }
        }
    }

    /// <summary>Draws first, then the state that counts on them.</summary>
    private void Save(ChainRun run)
    {
        stream!.Flush(flushToDisk: true);
        SavedRun state = new(settings, potential.Sites.Count, potential.Quantities, [run.Snapshot(stream.Length)]);
        McmcStateFile.Save(ChainFileSet.StateOf(files.Path, run.Chain), state, null);
        saved = run.State.Transitions;
    }

    private void WriteHead(int chain, ChainState state)
    {
        CmdStanAdaptation? adaptation =
            settings.Sampler is HamiltonianSampler ? new(HamiltonianSampler.StepSizeOf(state), HamiltonianSampler.MetricOf(state)) : null;
        WriteLines(
            CmdStanHeader.Settings(settings.Described() with { Model = files.Model }, settings.Draws, chain,
                adaptation is null ? null : CmdStanMetric.NameOf(adaptation.Metric))
            .Select(
                setting =>
                    setting.StartsWith(CmdStanHeader.SamplesLine, StringComparison.Ordinal)
                        ? setting.PadRight(CmdStanHeader.SamplesLine.Length + CmdStanHeader.SamplesDigits)
                        : setting));
        WriteLines(CmdStanPart.Lines(potential.Quantities.Select(quantity => (quantity.Name, quantity.Part))));
        WriteLines(CmdStanAxes.Lines(potential.Quantities.Select(quantity => (quantity.Name, quantity.Dimensions, quantity.Names))));
        WriteLines([string.Join(',', names)]);
        WriteLines(adaptation is null ? [] : CmdStanMetric.Lines(adaptation));
    }

    private void WriteLines(IEnumerable<string> lines)
    {
        using StreamWriter text = new(stream!, leaveOpen: true) { NewLine = "\n" };
        foreach (string one in lines)
        {
            text.WriteLine(one);
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
