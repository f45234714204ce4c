namespace Pyrite.Stepping;

/// <summary>Finds components that do not depend on each other in a circle: blocks of a matrix, in an order in which each depends on earlier ones
/// only.</summary>
/// <remarks>The strongly connected components of the graph of entries other than zero (R. Tarjan, "Depth-first search and linear graph algorithms",
/// SIAM Journal on Computing 1, 1972). Entries that have once been other than zero count until <see cref="Restart"/>, so that steps seldom find new
/// blocks; a matrix is never taken apart where an entry of it says otherwise.</remarks>
internal sealed class BlockOrder
{
    /// <summary>Smaller matrices are one block: looking for blocks would take longer than they save.</summary>
    private const int SmallestDivided = 6;

    private readonly int size;
    private readonly bool[] pattern;
    private readonly int[] members;
    private readonly int[] places;
    private readonly int[] starts;
    private readonly int[] found;
    private readonly int[] lowest;
    private readonly int[] open;
    private readonly bool[] isOpen;
    private Coupling[] couplings = [];
    private int count;
    private int visited;
    private int depth;
    private int placed;

    public BlockOrder(int size)
    {
        this.size = size;
        bool isDivided = size >= SmallestDivided;
        pattern = new bool[isDivided ? size * size : 0];
        (members, places, starts) = (new int[size], new int[size], new int[size + 1]);
        (found, lowest, open, isOpen) = (new int[size], new int[size], new int[size], new bool[size]);
        Restart();
    }

    /// <summary>How many blocks there are.</summary>
    public int Blocks { get; private set; }

    /// <summary>The sum of the squares of their sizes.</summary>
    public int Squares { get; private set; }

    /// <summary>What blocks take from earlier ones, by rows.</summary>
    public ReadOnlySpan<Coupling> Couplings => couplings.AsSpan(0, count);

    /// <summary>Where a block begins.</summary>
    public int StartOf(int block) => starts[block];

    /// <summary>The components of a block, ascending.</summary>
    public ReadOnlySpan<int> MembersOf(int block) => members.AsSpan(starts[block], starts[block + 1] - starts[block]);

    /// <summary>Forgets all entries.</summary>
    public void Restart()
    {
        Array.Clear(pattern);
        (Blocks, Squares, count) = (1, size * size, 0);
        for (int i = 0; i < size; i++)
        {
            (members[i], places[i]) = (i, i);
        }
        starts[1] = size;
    }

    /// <summary>Looks at a matrix, row by row, and finds blocks anew where it has entries that were zero so far.</summary>
    public void Take(ReadOnlySpan<double> matrix)
    {
        bool isNew = false;
        for (int k = 0; k < pattern.Length; k++)
        {
            if (matrix[k] != 0 && !pattern[k])
            {
                isNew = pattern[k] = true;
            }
        }
        if (isNew)
        {
            Divide();
        }
    }

    /// <summary>Brings numbers into the order of the blocks.</summary>
    public void Sort(ReadOnlySpan<double> numbers, Span<double> sorted)
    {
        for (int i = 0; i < size; i++)
        {
            sorted[i] = numbers[members[i]];
        }
    }

    /// <summary>Brings numbers back into their own order.</summary>
    public void Unsort(ReadOnlySpan<double> sorted, Span<double> numbers)
    {
        for (int i = 0; i < size; i++)
        {
            numbers[members[i]] = sorted[i];
        }
    }

    private void Divide()
    {
        Array.Clear(found);
        Array.Clear(isOpen);
        (visited, depth, placed, Blocks, Squares) = (0, 0, 0, 0, 0);
        for (int i = 0; i < size; i++)
        {
            if (found[i] == 0)
            {
                Visit(i);
            }
        }
        for (int i = 0; i < size; i++)
        {
            places[members[i]] = i;
        }
        count = 0;
        for (int block = 0; block < Blocks; block++)
        {
            foreach (int row in MembersOf(block))
            {
                AddCouplings(row, starts[block]);
            }
        }
    }

    private void AddCouplings(int row, int start)
    {
        for (int column = 0; column < size; column++)
        {
            if (pattern[(row * size) + column] && places[column] < start)
            {
                if (count == couplings.Length)
                {
                    Array.Resize(ref couplings, Math.Max(size, 2 * count));
                }
                couplings[count++] = new Coupling(places[row], places[column], (row * size) + column);
            }
        }
    }

    /// <summary>Blocks are complete when all that they depend on is: they come out in the order that is wanted.</summary>
    private void Visit(int node)
    {
        found[node] = lowest[node] = ++visited;
        open[depth++] = node;
        isOpen[node] = true;
        for (int other = 0; other < size; other++)
        {
            if (!pattern[(node * size) + other] || other == node)
            {
                continue;
            }
            if (found[other] == 0)
            {
                Visit(other);
                lowest[node] = Math.Min(lowest[node], lowest[other]);
            }
            else if (isOpen[other])
            {
                lowest[node] = Math.Min(lowest[node], found[other]);
            }
        }
        if (lowest[node] == found[node])
        {
            Close(node);
        }
    }

    private void Close(int node)
    {
        int start = placed, member;
        do
        {
            member = open[--depth];
            isOpen[member] = false;
            members[placed++] = member;
        }
        while (member != node);
        Array.Sort(members, start, placed - start);
        starts[Blocks++] = start;
        starts[Blocks] = placed;
        Squares += (placed - start) * (placed - start);
    }
}
