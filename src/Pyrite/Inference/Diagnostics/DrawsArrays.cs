namespace Pyrite.Inference.Diagnostics;

/// <summary>Arrays [chains, draws, event…] or [draws, event…] as draws.</summary>
internal sealed class DrawsArrays(string path, NamedTensors arrays, bool? hasChains)
{
    /// <summary>The comment of an archive of chains.</summary>
    public const string WithChains = "pyrite draws: chains, draws";

    /// <summary>The comment of an archive of draws without chains.</summary>
    public const string WithoutChains = "pyrite draws: draws";

    /// <summary>A comment of an archive can have as many bytes.</summary>
    private const int MostCommentBytes = ushort.MaxValue;

    /// <summary>Whole numbers up to here are exact in Float64.</summary>
    private const long LargestExact = 1L << 53;

    /// <summary>The comment of an archive: whether there are chains, and in lines below what the axes of quantities and their entries are
    /// called.</summary>
    public static string Comment(Draws draws)
    {
        string head = draws.HasChains ? WithChains : WithoutChains;
        string whole = string.Join('\n', [head, .. draws.Variables.Select(variable => (variable.Name, Text: AxesJson.Text(variable)))
            .Where(variable => variable.Text is not null && !variable.Name.Contains('\n')).Select(variable => $"{variable.Name} = {variable.Text}")]);
        return System.Text.Encoding.UTF8.GetByteCount(whole) <= MostCommentBytes ? whole : head;
    }

    /// <exception cref="InvalidDataException">The arrays are no draws of one run.</exception>
    public SavedDraws Read()
    {
        bool chained = HasChains();
        int leading = chained ? 2 : 1;
        int[]? sizes = null;
        string firstName = "";
        List<DrawsVariable> variables = [], statistics = [];
        foreach ((string name, Tensor array) in arrays)
        {
            if (array.Rank < leading)
            {
                throw Refuse(
                    $"\"{name}\" has shape {array.Shape}; "
                        + $"draws {(chained ? "of chains have the axes chains and draws first" : "have the axis of draws first")}");
            }
            int[] own = array.Shape.Sizes[..leading].ToArray();
            if (sizes is not null && !own.AsSpan().SequenceEqual(sizes))
            {
                throw Refuse(
                    $"\"{name}\" has {Text(own)} draws, \"{firstName}\" {Text(sizes)}. All arrays need the "
                        + $"same{(hasChains is null && chained ? ". If the first axis counts draws, pass hasChains: false" : "")}");
            }
            (sizes, firstName) = sizes is null ? (own, name) : (sizes, firstName);
            bool isStatistic = name.EndsWith("__", StringComparison.Ordinal);
            (isStatistic ? statistics : variables).Add(new DrawsVariable(
                name, Shape.Create(array.Shape.Sizes[leading..]), Numbers(name, array),
                    type: array.DType == DType.Int64 && !isStatistic ? DType.Int64 : DType.Float64));
        }
        if (sizes is null || sizes.Contains(0))
        {
            throw Refuse("there are no draws in it");
        }
        return new SavedDraws(Make(variables), statistics.Count == 0 ? null : Make(statistics));
        Draws Make(List<DrawsVariable> some) => chained ? new Draws(sizes[0], sizes[1], some.Select(Named)) : new Draws(sizes[0], some.Select(Named));
    }

    private string[] Lines() => arrays.Metadata.GetValueOrDefault(Npz.CommentKey, "").Split('\n');

    private DrawsVariable Named(DrawsVariable variable) => AxesJson.Named(variable,
        Lines().Skip(1).FirstOrDefault(line => line.StartsWith($"{variable.Name} = ", StringComparison.Ordinal))?[(variable.Name.Length + 3)..]);

    /// <summary>What the caller says, or the archive, or the shapes: statistics are numbers, so their axes show it, and a single axis can only count
    /// draws.</summary>
    private bool HasChains() => hasChains ?? Lines()[0] switch
    {
        WithChains => true,
        WithoutChains => false,
        _ => arrays.Where(array => array.Key.EndsWith("__", StringComparison.Ordinal)).Select(array => array.Value.Rank).FirstOrDefault() is int rank
            and > 0 ? rank > 1
            : arrays.Any(array => array.Value.Rank == 1) ? false
            : throw Refuse("it cannot be told whether the first axis counts chains or draws. Pass hasChains"),
    };

    private double[] Numbers(string name, Tensor array) =>
        array.DType == DType.Int64 && array.ToArray<long>().Any(value => value is > LargestExact or < -LargestExact)
            ? throw Refuse($"\"{name}\" holds whole numbers beyond 2^53, which draws cannot hold exactly. Read it with Npz.Load")
            : array.To(DType.Float64).ToArray<double>();

    private static string Text(int[] sizes) => string.Join(" x ", sizes.Select(size => $"{size}"));

    private InvalidDataException Refuse(string why) => new($"Reading {path} as draws: {why}.");
}
