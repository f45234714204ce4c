using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>A model made at random: discrete sites in plates up to three deep that depend on each other, also in rings, observations, factors, masks
/// and weights.</summary>
/// <param name="Seed">What it is made of.</param>
internal sealed record RandomProgram(int Seed)
{
    private const int MostCells = 8;

    private static readonly string[] PlateNames = ["a", "b", "c"];

    private readonly RandomKey key = RandomKey.FromSeed((ulong)Seed).Child("program");
    private int drawn;

    /// <summary>A latent site or a score.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Plates">The numbers of its plates: plate i has dimension -1 - i.</param>
    /// <param name="Parents">The sites that it depends on; a parent in more plates than the site is summed over them.</param>
    /// <param name="Values">How many values; 0 for a score.</param>
    /// <param name="IsMasked">Whether a mask leaves out some entries.</param>
    /// <param name="IsFactor">Whether a score is a factor instead of an observation.</param>
    public sealed record Node(string Name, int[] Plates, Node[] Parents, int Values, bool IsMasked, bool IsFactor)
    {
        /// <summary>What a score is multiplied with; each entry with another number where it is negative.</summary>
        public double Weight { get; init; } = 1;
    }

    /// <summary>What all log-densities are multiplied with.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>A plate of twice the rows, if there is one: both halves have the same data.</summary>
    public int? Doubled { get; init; }

    /// <summary>Whether the first half of the doubled plate is drawn to stand for all its rows.</summary>
    public bool IsSubsampled { get; init; }

    /// <summary>The statements.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>The sizes of the plates.</summary>
    public int[] Sizes { get; } = new int[PlateNames.Length];

    /// <summary>How many numbers the tables take.</summary>
    public int ParameterCount { get; private set; }

    /// <summary>Makes a program.</summary>
    /// <param name="seed">What it is made of.</param>
    /// <param name="doubled">A plate that gets twice its rows.</param>
    /// <param name="isSubsampled">Whether half of them stand for all.</param>
    public static RandomProgram Of(int seed, int? doubled = null, bool isSubsampled = false)
    {
        RandomProgram program = new(seed) { Doubled = doubled, IsSubsampled = isSubsampled };
        program.Make();
        return program;
    }

    /// <summary>Whether values of a plate's sites are read outside of it.</summary>
    public bool Leaves(int plate) =>
        Nodes.Exists(node => !node.Plates.Contains(plate) && Array.Exists(node.Parents, one => one.Plates.Contains(plate)));

    /// <summary>The statements, for messages.</summary>
    public override string ToString() => $"program {Seed} times {Scale}: " + string.Join("; ", Nodes.Select(node =>
        $"{node.Name}[{string.Join(",", node.Plates.Select(plate => $"{PlateNames[plate]}{Sizes[plate]}"))}] "
            + $"{(node.Values > 0 ? $"{node.Values} values" : node.IsFactor ? "factor" : "data")}{(node.IsMasked ? " masked" : "")}"
            + $"{(node.Weight != 1 ? $" times {node.Weight}" : "")} of "
            + string.Join(",", node.Parents.Select(parent => parent.Name))));

    /// <summary>Runs the model.</summary>
    /// <param name="numbers">The numbers of all tables.</param>
    public void Run(Tensor numbers)
    {
        using HandlerScope weighted = new ScaleHandler(Scale).Enter();
        Dictionary<string, Tensor> values = [];
        int used = 0;
        foreach (Node node in Nodes)
        {
            int rank = node.Parents.Length, last = Math.Max(node.Values, 1);
            int[] sizes = [.. node.Parents.Select(parent => Range(node, parent)), last];
            int count = sizes.Aggregate(1, (product, size) => product * size);
            Tensor table = numbers.Slice(0, used, count).Reshape(sizes);
            used += count;
            HandlerScope all = new MaskHandler(MaskOf(node)).Enter();
            (node.Weight < 0 ? new ScaleHandler(WeightsOf(node)) : new ScaleHandler(node.Weight)).Enter();
            foreach (int plate in node.Plates.Reverse())
            {
                Open(plate);
            }
            Tensor row = rank == 0 ? table : Picked(table, [.. node.Parents.Select(parent => Seen(node, parent, values[parent.Name]))]);
            if (node.Values > 0)
            {
                values[node.Name] = Sample(node.Name, new Categorical(logits: row));
            }
            else if (node.IsFactor)
            {
                Factor(node.Name, row.Squeeze(-1));
            }
            else
            {
                Sample(node.Name, new Normal(row.Squeeze(-1), 0.7), observed: DataOf(node));
            }
            all.Dispose();
        }
    }

    private void Open(int plate)
    {
        if (Doubled == plate)
        {
            Plate(PlateNames[plate], 2 * Sizes[plate], IsSubsampled ? Sizes[plate] : null, dimension: -1 - plate);
        }
        else
        {
            Plate(PlateNames[plate], Sizes[plate], dimension: -1 - plate);
        }
    }

    /// <summary>What belongs to the entries of a statement, in a doubled plate once more for its second half.</summary>
    private Tensor InPlates(Node node, Tensor entries) => Doubled is { } plate && !IsSubsampled && node.Plates.Contains(plate)
        ? Tensor.Concat([entries, entries], ShapeOf(node).Rank - 1 - plate)
        : entries;

    /// <summary>The latent sites that a guide has: every other one.</summary>
    public Node[] Guided => [.. Nodes.Where(node => node.Values > 0).Where((_, i) => (i + Seed) % 2 == 0)];

    /// <summary>How many numbers the guide takes.</summary>
    public int GuideCount => Guided.Sum(node => node.Values * (int)ShapeOf(node).Count);

    /// <summary>Runs the guide: sites by themselves, with logits of their own in every entry.</summary>
    /// <param name="start">The logits at first.</param>
    public void Guide(Tensor start)
    {
        if (GuideCount == 0)
        {
            return;
        }
        using HandlerScope weighted = new ScaleHandler(Scale).Enter();
        Tensor logits = Param("logits", start);
        int used = 0;
        foreach (Node node in Guided)
        {
            int count = node.Values * (int)ShapeOf(node).Count;
            HandlerScope all = new MaskHandler(MaskOf(node)).Enter();
            foreach (int plate in node.Plates.Reverse())
            {
                Plate(PlateNames[plate], Sizes[plate], dimension: -1 - plate);
            }
            Sample(node.Name, new Categorical(logits: logits.Slice(0, used, count).Reshape([.. ShapeOf(node), node.Values])));
            used += count;
            all.Dispose();
        }
    }

    /// <summary>The mask around a statement: over its plates.</summary>
    public Tensor MaskOf(Node node)
    {
        Shape shape = ShapeOf(node);
        bool[] flags = [.. Enumerable.Range(0, (int)shape.Count).Select(i => !node.IsMasked || (i + node.Name.Length) % 3 != 0)];
        return InPlates(node, Tensor.From(flags).Reshape(shape));
    }

    /// <summary>Weights of the entries of a score, one of them 0.</summary>
    private Tensor WeightsOf(Node node)
    {
        Shape shape = ShapeOf(node);
        return InPlates(node, (Tensor.Range((int)shape.Count).To(DType.Float64) * 0.75).Reshape(shape));
    }

    /// <summary>The batch shape of a statement.</summary>
    public Shape ShapeOf(Node node)
    {
        int rank = node.Plates.Length == 0 ? 0 : node.Plates.Max() + 1;
        return [.. Enumerable.Range(0, rank).Select(axis => node.Plates.Contains(rank - 1 - axis) ? Sizes[rank - 1 - axis] : 1)];
    }

    private static Tensor Picked(Tensor table, Tensor[] indices) => indices.Length switch
    {
        1 => table.Take(indices[0]),
        2 => table[indices[0], indices[1]],
        _ => table[indices[0], indices[1], indices[2]],
    };

    /// <summary>How many values a parent shows to a statement.</summary>
    private int Range(Node node, Node parent) =>
        1 + ((parent.Values - 1) * parent.Plates.Except(node.Plates).Aggregate(1, (product, plate) => product * Sizes[plate]));

    /// <summary>A parent's value, summed over plates that the statement is not in.</summary>
    private static Tensor Seen(Node node, Node parent, Tensor value)
    {
        foreach (int plate in parent.Plates.Except(node.Plates).OrderDescending())
        {
            value = value.Sum(-1 - plate, keepDimensions: true);
        }
        return node.Plates.Length == 0 ? value.Reshape(Shape.Scalar)
            : value.Rank > node.Plates.Max() + 1 ? value.Reshape([.. value.Shape.Skip(value.Rank - node.Plates.Max() - 1)])
            : value;
    }

    private Tensor DataOf(Node node)
    {
        Shape shape = ShapeOf(node);
        return InPlates(node, (Tensor.Range((int)shape.Count).To(DType.Float64) * 1.7 + node.Name.Length).Cos().Reshape(shape));
    }

    private void Make()
    {
        for (int plate = 0; plate < Sizes.Length; plate++)
        {
            Sizes[plate] = 1 + Number(3);
        }
        int cells = 0;
        bool sums = Number(4) == 0;
        for (int i = 0; i < 7; i++)
        {
            int[] plates = [.. Enumerable.Range(0, PlateNames.Length).Where(_ => Number(3) == 0)];
            int size = plates.Aggregate(1, (product, plate) => product * Sizes[plate]), values = 2 + Number(2);
            bool isLatent = Number(3) > 0 && cells + size <= MostCells;
            Node[] possible = [.. Nodes.Where(node => node.Values > 0 && (sums || node.Plates.All(plates.Contains)))];
            Node[] parents = [.. possible.OrderBy(_ => Number(1000)).Take(Number(isLatent ? 3 : 4))];
            string name = new((char)('p' + i), 1 + Number(3));
            Nodes.Add(new Node(name, plates, parents, isLatent ? values : 0, Number(4) == 0, Number(2) == 0));
            cells += isLatent ? size : 0;
            ParameterCount += parents.Aggregate(isLatent ? values : 1, (product, parent) => product * Range(Nodes[^1], parent));
        }
        if (Number(3) == 0)
        {
            CloseRing();
        }
        Scale = Number(5) == 0 ? 1.7 : 1;
        for (int i = 0; i < Nodes.Count; i++)
        {
            // A weight around single scores stands inside of the sums, one around all of them outside.
            int kind = Number(6);
            Nodes[i] = Nodes[i].Values > 0 || Scale != 1 || kind > 2 ? Nodes[i] : Nodes[i] with { Weight = kind == 0 ? 2.5 : kind == 1 ? 0 : -1 };
        }
    }

    /// <summary>Factors of neighbours among the sites that are in some plates alike, and of the last with the first.</summary>
    private void CloseRing()
    {
        Node[] ring = Nodes.Where(node => node.Values > 0).GroupBy(node => string.Join(',', node.Plates))
            .MaxBy(group => group.Count())?.ToArray() ?? [];
        for (int i = 0; i < ring.Length && ring.Length > 2; i++)
        {
            Node[] parents = [ring[i], ring[(i + 1) % ring.Length]];
            Nodes.Add(new Node($"ring{i}", ring[i].Plates, parents, 0, false, true));
            ParameterCount += parents[0].Values * parents[1].Values;
        }
    }

    private int Number(int limit) => (int)(key.Child(drawn++).UniformNumber() * limit);
}
