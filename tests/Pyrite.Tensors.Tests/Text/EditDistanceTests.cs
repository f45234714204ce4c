using Pyrite.Text;

namespace Pyrite.Tests;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("weight", "weight", 0)]
    public void Counts_the_edits_between_two_names(string a, string b, int distance) => Assert.Equal(distance, EditDistance.Between(a, b));

    [Fact]
    public void The_nearest_name_comes_first_and_each_once() =>
        Assert.Equal(["mu", "nu", "tau"], EditDistance.Order("mu", ["tau", "nu", "mu", "mu"]));
}
