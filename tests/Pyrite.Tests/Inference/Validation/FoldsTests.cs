namespace Pyrite.Tests;

public sealed class FoldsTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    [Theory, InlineData(10, 3), InlineData(10, 10), InlineData(101, 4)]
    public void Every_row_is_in_one_fold_and_folds_differ_by_one_row_at_most(int rows, int count)
    {
        Folds folds = Folds.Random(rows, count, Key);
        int[] sizes = [.. Enumerable.Range(0, count).Select(fold => folds.In(fold).Length)];
        Assert.Equal(rows, sizes.Sum());
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        for (int fold = 0; fold < count; fold++)
        {
            Assert.Equal(Enumerable.Range(0, rows), folds.In(fold).Concat(folds.NotIn(fold)).Order());
        }
    }

    [Fact]
    public void The_key_decides()
    {
        Assert.Equal(Folds.Random(50, 5, Key).FoldOfRow, Folds.Random(50, 5, Key).FoldOfRow);
        Assert.NotEqual(Folds.Random(50, 5, Key).FoldOfRow, Folds.Random(50, 5, Key.Child(1)).FoldOfRow);
        Assert.NotEqual(Enumerable.Range(0, 50).Select(row => row % 5), Folds.Random(50, 5, Key).FoldOfRow);
    }

    [Fact]
    public void Strata_are_spread_over_the_folds()
    {
        string[] strata = [.. Enumerable.Range(0, 60).Select(row => row % 10 == 0 ? "rare" : row % 3 == 0 ? "some" : "many")];
        Folds folds = Folds.Stratified(strata, 3, Key);
        foreach (IGrouping<string, int> stratum in Enumerable.Range(0, 60).GroupBy(row => strata[row]))
        {
            int[] counts = [.. Enumerable.Range(0, 3).Select(fold => stratum.Count(row => folds.FoldOfRow[row] == fold))];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
        Assert.NotEqual(folds.FoldOfRow, Folds.Stratified(strata, 3, Key.Child(1)).FoldOfRow);
    }

    [Fact]
    public void Groups_stay_together_in_folds_of_about_equal_size()
    {
        int[] groups = [.. Enumerable.Range(0, 12).SelectMany(group => Enumerable.Repeat(group, 1 + group))];
        Folds folds = Folds.Grouped(groups, 4, Key);
        Assert.All(Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]),
            group => Assert.Single(group.Select(row => folds.FoldOfRow[row]).Distinct()));
        int[] sizes = [.. Enumerable.Range(0, 4).Select(fold => folds.In(fold).Length)];
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 3);     // 78 rows; the smallest groups are dealt last
    }

    [Fact]
    public void Folds_can_be_given()
    {
        Folds folds = Folds.Of(0, 1, 1, 2);
        Assert.Equal((3, 4), (folds.Count, folds.Rows));
        Assert.Equal([1, 2], folds.In(1));
        Assert.Equal([0, 3], folds.NotIn(1));
        Assert.Equal([0, 1, 2], Folds.Single(3).FoldOfRow);
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        Assert.Contains("between 2 and that of rows", Assert.Throws<ArgumentOutOfRangeException>(() => Folds.Random(3, 4, Key)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Folds.Random(3, 1, Key));
        Assert.Contains("2 groups", Assert.Throws<ArgumentOutOfRangeException>(() => Folds.Grouped(["a", "a", "b"], 3, Key)).Message);
        Assert.Contains("Fold 1 has no row", Assert.Throws<ArgumentException>(() => Folds.Of(0, 2)).Message);
        Assert.Contains("number -1", Assert.Throws<ArgumentException>(() => Folds.Of(0, 1, -1)).Message);
        Assert.Contains("two folds or more", Assert.Throws<ArgumentException>(() => Folds.Of(0, 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Folds.Single(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Folds.Single(2).In(2));
    }
}
