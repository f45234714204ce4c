using Pyrite.Inference.Diagnostics;
using Pyrite.Text;

namespace Pyrite.Inference.Exchange;

/// <summary>Puts columns such as <c>sigma.2.1</c> together to arrays.</summary>
internal static class CmdStanColumns
{
    /// <summary>Draws and statistics of chains with the same header.</summary>
    /// <param name="chains">The chains, as far as they are to be taken.</param>
    /// <param name="hasChains">Whether the rows are states of chains; false for draws of an approximation, which have no order.</param>
    public static CmdStanDraws Assemble(List<CmdStanChain> chains, bool hasChains = true)
    {
        List<string> order = [];
        Dictionary<string, List<(int Column, int[] Index)>> groups = [];
        string[] header = chains[0].Header;
        for (int column = 0; column < header.Length; column++)
        {
            (string name, int[] index) = CmdStanName.Of(header[column]);
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
            (IsStatistic(name) ? statistics : variables).Add(Variable(name, groups[name], chains));
        }
        int rows = chains[0].Rows;
        return new CmdStanDraws(Make(variables), statistics.Count == 0 ? null : Make(statistics));
        Draws Make(List<DrawsVariable> some) => hasChains ? new Draws(chains.Count, rows, some) : new Draws(rows, some);
    }

    /// <summary>What a program reports about a draw ends in two underscores.</summary>
    private static bool IsStatistic(string name) => name.EndsWith("__", StringComparison.Ordinal);

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
        CmdStanComments comments = chains[0].Comments;
        return comments.Named(
            new DrawsVariable(name, Shape.Create(sizes), values, type: DrawsType.OfNumbers(name, values))
            {
                Part = comments.PartOf(name, sizes.FirstOrDefault()),
            });
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
        return count == group.Count
            ? sizes
            : throw new InvalidDataException(
                $"The header has {group.Count} entries of \"{name}\", whose indices go up to {NumberList.Text(sizes)}. All entries of an array must "
                    + "be there.");
    }
}
