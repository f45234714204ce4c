namespace Pyrite;

/// <summary>A division of rows into folds, each of which is left out once in <see cref="CrossValidation"/>.</summary>
public sealed class Folds
{
    private readonly int[] foldOfRow;

    private Folds(int[] foldOfRow, int count)
    {
        this.foldOfRow = foldOfRow;
        Count = count;
    }

    /// <summary>How many folds there are.</summary>
    public int Count { get; }

    /// <summary>How many rows.</summary>
    public int Rows => foldOfRow.Length;

    /// <summary>The fold of each row, from 0.</summary>
    public IReadOnlyList<int> FoldOfRow => foldOfRow;

    /// <summary>Folds of equal size, or of two sizes that differ by 1, drawn by a key.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="count">How many folds, from 2 to the number of rows.</param>
    /// <param name="key">Decides which; the same key draws the same folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is below 2, or above that of rows.</exception>
    public static Folds Random(int rows, int count, RandomKey key)
    {
        RequireCount(count, rows, "rows");
        int[] order = new int[rows];
        key.Permutation(order);
        return Dealt(order, count);
    }

    /// <summary>Folds that each have about the same share of every stratum, such as of every class: rows are dealt stratum by stratum.</summary>
    /// <param name="strata">The stratum of each row.</param>
    /// <param name="count">How many folds, from 2 to the number of rows.</param>
    /// <param name="key">Decides which; the same key draws the same folds.</param>
    /// <typeparam name="T">What strata are told apart by, such as a name.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is below 2, or above that of rows.</exception>
    public static Folds Stratified<T>(IReadOnlyList<T> strata, int count, RandomKey key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(strata);
        RequireCount(count, strata.Count, "rows");
        int[] order = new int[strata.Count], numbers = NumbersOf(strata, out _);
        key.Permutation(order);
        return Dealt([.. order.OrderBy(row => numbers[row])], count);
    }

    /// <summary>Folds of whole groups, so that a group that is left out has no row in the fit: for predictions of new groups.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="count">How many folds, from 2 to the number of groups.</param>
    /// <param name="key">Decides which; the same key draws the same folds.</param>
    /// <typeparam name="T">What groups are told apart by, such as a name.</typeparam>
    /// <remarks>Larger groups are dealt first, each to the fold that has fewest rows.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is below 2, or above that of groups.</exception>
    public static Folds Grouped<T>(IReadOnlyList<T> groups, int count, RandomKey key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        int[] numbers = NumbersOf(groups, out int groupCount), sizes = new int[groupCount], order = new int[groupCount];
        RequireCount(count, groupCount, "groups");
        foreach (int group in numbers)
        {
            sizes[group]++;
        }
        key.Permutation(order);
        int[] rows = new int[count], foldOfGroup = new int[groupCount];
        foreach (int group in order.OrderByDescending(group => sizes[group]))
        {
            int fold = Array.IndexOf(rows, rows.Min());
            foldOfGroup[group] = fold;
            rows[fold] += sizes[group];
        }
        return new Folds(Array.ConvertAll(numbers, group => foldOfGroup[group]), count);
    }

    /// <summary>A fold for each row: exact leave-one-out, with as many fits.</summary>
    /// <param name="rows">How many rows, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows.</exception>
    public static Folds Single(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        return new Folds([.. Enumerable.Range(0, rows)], rows);
    }

    /// <summary>Folds that are given.</summary>
    /// <param name="foldOfRow">The fold of each row: all numbers from 0 to the largest.</param>
    /// <exception cref="ArgumentException">There are fewer than two folds, a number is negative, or a fold has no row.</exception>
    public static Folds Of(params ReadOnlySpan<int> foldOfRow)
    {
        int[] folds = foldOfRow.ToArray();
        int count = folds.Length == 0 ? 0 : folds.Max() + 1;
        HashSet<int> found = [.. folds];
        int missing = Enumerable.Range(0, Math.Max(0, count)).FirstOrDefault(fold => !found.Contains(fold), -1);
        return count >= 2 && folds.Min() >= 0 && missing < 0 ? new Folds(folds, count) : throw new ArgumentException(
            count < 2 ? $"Cross-validation needs two folds or more; found {folds.Length} rows in {Math.Max(0, count)}."
                : missing < 0 ? $"A fold has number {folds.Min()}. Number folds from 0."
                : $"Fold {missing} has no row, though there are folds to {count - 1}. Number folds from 0 without gaps.", nameof(foldOfRow));
    }

    /// <summary>The rows of a fold, ascending: those left out.</summary>
    /// <param name="fold">Its number from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fold.</exception>
    public int[] In(int fold) => [.. Enumerable.Range(0, Rows).Where(row => foldOfRow[row] == Checked(fold))];

    /// <summary>The rows of all other folds, ascending: those of the fit.</summary>
    /// <param name="fold">Its number from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fold.</exception>
    public int[] NotIn(int fold) => [.. Enumerable.Range(0, Rows).Where(row => foldOfRow[row] != Checked(fold))];

    /// <summary>How many folds of how many rows.</summary>
    public override string ToString() => $"{Count} folds of {Rows} rows";

    private int Checked(int fold) => fold >= 0 && fold < Count ? fold
        : throw new ArgumentOutOfRangeException(nameof(fold), fold, $"There are folds 0 to {Count - 1}.");

    private static Folds Dealt(int[] order, int count)
    {
        int[] folds = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            folds[order[i]] = i % count;
        }
        return new Folds(folds, count);
    }

    private static int[] NumbersOf<T>(IReadOnlyList<T> values, out int count)
        where T : notnull
    {
        Dictionary<T, int> numbers = [];
        int[] result = new int[values.Count];
        for (int i = 0; i < result.Length; i++)
        {
            numbers.TryAdd(values[i], numbers.Count);
            result[i] = numbers[values[i]];
        }
        count = numbers.Count;
        return result;
    }

    private static void RequireCount(int count, int most, string what)
    {
        if (count < 2 || count > most)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Folds of {most} {what}: their number lies between 2 and that of {what}.");
        }
    }
}
