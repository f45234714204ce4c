using Pyrite.Inference.Validation;

namespace Pyrite.Tests;

public sealed class AffineMapTests
{
    private const int Count = 400;

    private static readonly double[][] Points = [.. Series.Normal(3, 3 * Count).Chunk(3)
        .Select(z => new[] { 1 + z[0], -2 + (0.8 * z[0]) + (0.5 * z[1]), 0.1 * (z[2] - z[0]) })];

    private static readonly double[] LogWeights = Normalized(Array.ConvertAll(Points, x => (0.7 * x[0]) - (0.4 * x[1]) - (20 * x[2] * x[2])));

    [Fact]
    public void The_maps_bring_points_to_the_weighted_moments()
    {
        double[] weights = Array.ConvertAll(LogWeights, Math.Exp), equal = [.. Enumerable.Repeat(1.0 / Count, Count)];
        AffineMap[] maps = [.. AffineMap.Towards(Points, LogWeights)];
        Assert.Equal(3, maps.Length);
        foreach ((AffineMap map, int i) in maps.Select((map, i) => (map, i)))
        {
            double[][] moved = map.Apply(Points);
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(Moment(Points, weights, j), Moment(moved, equal, j), 1e-10);
            }
            double bias = 1 - weights.Sum(weight => weight * weight), share = (Count - 1.0) / Count;
            if (i == 1)
            {
                // Variances with the divisors S and 1, as sums of weights.
                Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(Covariance(Points, weights, j, j), Covariance(moved, equal, j, j), 1e-10));
            }
            if (i == 2)
            {
                Assert.All(Enumerable.Range(0, 9), j =>
                    Assert.Equal(Covariance(Points, weights, j / 3, j % 3) / bias, Covariance(moved, equal, j / 3, j % 3) / share, 1e-10));
            }
        }
    }

    [Fact]
    public void A_map_undoes_itself_and_maps_follow_each_other()
    {
        AffineMap[] maps = [.. AffineMap.Towards(Points, LogWeights)];
        AffineMap both = maps[1].Then(maps[2]).Then(maps[0]);
        double[][] moved = both.Apply(Points), step = maps[0].Apply(maps[2].Apply(maps[1].Apply(Points))), back = both.ApplyInverse(moved);
        for (int s = 0; s < Count; s++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(step[s][j], moved[s][j], 1e-10);
                Assert.Equal(Points[s][j], back[s][j], 1e-10);
            }
        }
        Assert.Equal(maps[1].LogVolume + maps[2].LogVolume, both.LogVolume, 1e-12);
        Assert.Equal(Math.Log(Math.Abs(Determinant(both))), both.LogVolume, 1e-9);
    }

    [Fact]
    public void Fewer_points_than_dimensions_have_no_covariance_to_match() =>
        Assert.Equal(2, AffineMap.Towards([[0, 1, 2], [1, 5, 3]], Normalized([0, 0.3])).Count());

    /// <summary>Of the map's images of the unit vectors.</summary>
    private static double Determinant(AffineMap map)
    {
        double[][] images = map.Apply([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]);
        double[][] m = [.. images.Skip(1).Select(image => image.Zip(images[0], (a, b) => a - b).ToArray())];
        return (m[0][0] * ((m[1][1] * m[2][2]) - (m[1][2] * m[2][1]))) - (m[0][1] * ((m[1][0] * m[2][2]) - (m[1][2] * m[2][0])))
            + (m[0][2] * ((m[1][0] * m[2][1]) - (m[1][1] * m[2][0])));
    }

    private static double Moment(double[][] points, double[] weights, int j) => points.Zip(weights, (point, weight) => weight * point[j]).Sum();

    private static double Covariance(double[][] points, double[] weights, int i, int j) =>
        points.Zip(weights, (point, weight) => weight * (point[i] - Moment(points, weights, i)) * (point[j] - Moment(points, weights, j))).Sum();

    private static double[] Normalized(double[] logs)
    {
        double total = Math.Log(logs.Sum(Math.Exp));
        return Array.ConvertAll(logs, log => log - total);
    }
}
