using System.Globalization;

namespace Pyrite.Diagnostics;

/// <summary>Puts columns such as <c>sigma.2.1</c> together to arrays.</summary>
internal static class CmdStanColumns
{
    /// <summary>Draws and statistics of chains with the same header.</summary>
    public static CmdStanDraws Assemble(List<CmdStanChain> chains)
    {
        List<string> order = [];
        Dictionary<string, List<(int Column, int[] Index)>> groups = [];
        string[] header = chains[0].Header;
        for (int column = 0; column < header.Length; column++)
        {
            (string name, int[] index) = Split(header[column]);
            if (!groups.TryGetValue(name, out List<(int, int[])>? group))
            {
                groups[name] = group = [];
                order.Add(name);
            }
            group.Add((column, index));
        }
        List<DrawsVariable> variables = [], statistics = [];
        foreach (string name in order)
        {
            (name.EndsWith("__", StringComparison.Ordinal) ? statistics : variables).Add(Variable(name, groups[name], chains));
        }
        int rows = chains[0].Rows;
        return new CmdStanDraws(new Draws(chains.Count, rows, variables), statistics.Count == 0 ? null : new Draws(chains.Count, rows, statistics));
    }

    /// <summary>"sigma.2.1" is sigma at (1, 0); names may hold dots, indices are the numbers at the end.</summary>
    private static (string Name, int[] Index) Split(string column)
    {
        List<int> index = [];
        string name = column;
        int dot = name.LastIndexOf('.');
        while (dot > 0 && int.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0)
        {
            index.Insert(0, value - 1);
            name = name[..dot];
            dot = name.LastIndexOf('.');
        }
        return (name, [.. index]);
    }

    private static DrawsVariable Variable(string name, List<(int Column, int[] Index)> group, List<CmdStanChain> chains)
    {
        int[] sizes = Sizes(name, group);
        int[] places = new int[group.Count];
        Array.Fill(places, -1);
        foreach ((int column, int[] index) in group)
        {
            int flat = 0;
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                flat = (flat * sizes[axis]) + index[axis];
            }
            if (places[flat] >= 0)
            {
                throw new InvalidDataException($"The header names an entry of \"{name}\" twice.");
            }
            places[flat] = column;
        }
        int rows = chains[0].Rows, columns = chains[0].Header.Length;
        double[] values = new double[(long)chains.Count * rows * places.Length];
        int next = 0;
        foreach (CmdStanChain chain in chains)
        {
            for (int row = 0; row < rows; row++)
            {
                foreach (int place in places)
                {
                    values[next++] = chain.Numbers[(row * columns) + place];
                }
            }
        }
        return new DrawsVariable(name, Shape.Create(sizes), values, type: DrawsType.OfNumbers(name, values));
    }

    private static int[] Sizes(string name, List<(int Column, int[] Index)> group)
    {
        int[] sizes = new int[group[0].Index.Length];
        foreach ((_, int[] index) in group)
        {
            for (int axis = 0; axis < sizes.Length && index.Length == sizes.Length; axis++)
            {
                sizes[axis] = Math.Max(sizes[axis], index[axis] + 1);
            }
            if (index.Length != sizes.Length)
            {
                throw new InvalidDataException($"The header has entries of \"{name}\" with {sizes.Length} and with {index.Length} indices.");
            }
        }
        long count = 1;
        foreach (int size in sizes)
        {
            count = Math.Min(count * size, int.MaxValue);
        }
        return count == group.Count ? sizes : throw new InvalidDataException($"The header has {group.Count} entries of \"{name}\", whose indices go up to {NumberList.Text(sizes)}. All entries of an array must be there.");
    }
}
