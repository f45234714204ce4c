namespace Pyrite.Programs;

/// <summary>Orders pieces of work so that what can share a walk stands together: what shares none as early as possible, then walks that take in all
/// that can run along.</summary>
/// <typeparam name="T">A piece of work, which makes one result.</typeparam>
internal abstract class WalkOrder<T>
    where T : notnull
{
    private readonly Func<T, int> resultOf;
    private readonly HashSet<int> made;
    private List<Entry> open;

    /// <param name="work">The pieces, each after what it reads.</param>
    /// <param name="resultOf">The result of a piece.</param>
    /// <param name="readsOf">The results of other pieces that a piece reads.</param>
    /// <param name="made">Results that are there already.</param>
    protected WalkOrder(IEnumerable<T> work, Func<T, int> resultOf, Func<T, int[]> readsOf, IEnumerable<int> made)
    {
        this.resultOf = resultOf;
        this.made = [.. made];
        open = [.. work.Select(piece => new Entry(piece, readsOf(piece)))];
    }

    /// <summary>Puts all pieces in their order.</summary>
    protected void Run()
    {
        while (open.Count > 0)
        {
            // One pass is enough, because pieces come after what they read.
            Take((piece, _) => IsAlone(piece), AddAlone);
            if (open.Count > 0 && !TryAddWalk() && !TryAddOther())
            {
                throw new InvalidOperationException($"{open.Count} operations of a program wait for each other, the first of them {open[0].Piece}.");
            }
        }
    }

    /// <summary>Whether a piece shares no walk.</summary>
    protected abstract bool IsAlone(T piece);

    /// <summary>Whether a piece may be the first of a walk over elements.</summary>
    protected abstract bool Begins(T piece);

    /// <summary>Whether a piece can run along in the walk that another one began.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="first">The first one of the walk.</param>
    /// <param name="walk">The pieces of the walk so far, by their results.</param>
    protected abstract bool Joins(T piece, T first, Dictionary<int, T> walk);

    /// <summary>Whether a piece may read the result of another one in the same walk, element by element as it is made.</summary>
    protected abstract bool HandsOn(T maker, T reader);

    /// <summary>Adds a piece that shares no walk.</summary>
    protected abstract void AddAlone(T piece);

    /// <summary>Adds a walk.</summary>
    protected abstract void AddWalk(List<T> pieces);

    /// <summary>Adds what neither stands alone nor walks over elements; false where there is no such thing.</summary>
    protected virtual bool TryAddOther() => false;

    /// <summary>Takes pieces that fit and whose inputs are there, each as soon as that is so, but leaves them open where they make no walk.</summary>
    /// <param name="fits">Whether a piece fits to those taken so far.</param>
    /// <param name="isWalk">Whether pieces make a walk.</param>
    protected List<T> TakeTogether(Func<T, List<T>, bool> fits, Predicate<List<T>> isWalk)
    {
        List<Entry> before = [.. open];
        List<T> group = [];
        Take((piece, _) => fits(piece, group), group.Add);
        if (!isWalk(group))
        {
            open = before;
            made.ExceptWith(group.Select(resultOf));
        }
        return group;
    }

    private bool TryAddWalk()
    {
        int index = open.FindIndex(entry => Begins(entry.Piece) && IsReady(entry.Reads));
        if (index < 0)
        {
            return false;
        }
        T first = open[index].Piece;
        Dictionary<int, T> walk = [];
        List<T> pieces = [];
        Take(
            (piece, reads) => Joins(piece, first, walk)
                && Array.TrueForAll(reads, read => !walk.TryGetValue(read, out T? maker) || HandsOn(maker, piece)),
            piece =>
            {
                pieces.Add(piece);
                walk[resultOf(piece)] = piece;
            });
        AddWalk(pieces);
        return true;
    }

    private void Take(Func<T, int[], bool> fits, Action<T> add) => open.RemoveAll(entry =>
    {
        bool isTaken = IsReady(entry.Reads) && fits(entry.Piece, entry.Reads);
        if (isTaken)
        {
            made.Add(resultOf(entry.Piece));
            add(entry.Piece);
        }
        return isTaken;
    });

    private bool IsReady(int[] reads) => Array.TrueForAll(reads, made.Contains);

    /// <summary>A piece with what it reads.</summary>
    private sealed record Entry(T Piece, int[] Reads);
}
