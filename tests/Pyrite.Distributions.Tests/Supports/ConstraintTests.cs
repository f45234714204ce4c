namespace Pyrite.Checks;

/// <summary>Constraints without golden examples.</summary>
public sealed class ConstraintTests
{
    private static readonly Tensor Identity = Tensor.Identity(2, DType.Float64);

    [Fact]
    public void Intervals_may_exclude_their_upper_end() =>
        Assert.Equal([true, true, false, false], Constraints.HalfOpenInterval(0, 1).Check(Tensor.From([0.0, 0.5, 1, double.NaN])).ToArray<bool>());

    [Fact]
    public void Matrices_are_told_apart_by_their_pattern()
    {
        Tensor lower = Tensor.From(new double[,] { { -1, 0 }, { 2, 3 } });
        Tensor symmetric = Tensor.From(new double[,] { { 1, 2 }, { 2, 1 } });
        Tensor flat = Tensor.From(new double[,] { { 1, 1 }, { 1, 1 } });
        Assert.True(Constraints.LowerTriangular.Check(lower).All());
        Assert.False(Constraints.LowerTriangular.Check(symmetric).All());
        Assert.True(Constraints.Symmetric.Check(symmetric).All());
        Assert.False(Constraints.Symmetric.Check(lower).All());
        Assert.True(Constraints.PositiveSemidefinite.Check(flat).All());
        Assert.False(Constraints.PositiveSemidefinite.Check(symmetric).All());
        Assert.True(Constraints.SoftplusLowerCholesky.Check(Identity).All());
    }

    [Theory, InlineData(1e-30), InlineData(1e-9), InlineData(1), InlineData(1e12)]
    public void Small_matrices_are_no_more_symmetric_than_large_ones(double size)
    {
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            Tensor Sized(double corner) => (size * Tensor.From(new double[,] { { 2, 1 }, { corner, 2 } })).To(type);
            Assert.True(Constraints.PositiveDefinite.Check(Sized(1 + 1e-7)).All());
            Assert.False(Constraints.PositiveDefinite.Check(Sized(1 + 1e-4)).All());
            Assert.False(Constraints.PositiveDefinite.Check(Sized(0)).All());
            Assert.True(Constraints.PositiveDefinite.Check(Tensor.Identity(2, type)).All());
        }
        Assert.True(Constraints.Symmetric.Check(Tensor.Zeros([2, 2], DType.Float64)).All());
    }

    [Fact]
    public void Nan_anywhere_in_a_factor_is_found()
    {
        for (int i = 0; i < 4; i++)
        {
            Tensor broken = Identity.Replace(double.NaN, i / 2, i % 2);
            Constraint[] all =
                [Constraints.LowerCholesky, Constraints.LowerTriangular, Constraints.CorrelationCholesky, Constraints.PositiveDefinite];
            Assert.All(all,
                constraint => Assert.False(constraint.Check(broken).All(), $"{constraint} {i}"));
            Assert.False(Constraints.LowerCholesky.Verdict(broken).All());
        }
    }

    [Fact]
    public void A_single_entry_that_breaks_symmetry_is_found_wherever_it_stands()
    {
        foreach (int n in (int[])[2, 3, 8, 9, 16, 17, 33])
        {
            Tensor root = RandomKey.FromSeed(1).Normal([n, n], DType.Float64), symmetric = root + root.Transpose();
            Assert.True(Constraints.Symmetric.Check(symmetric).All());
            Assert.True(Constraints.Symmetric.Check(symmetric.To(DType.Float32)).All());
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    Tensor broken = symmetric.Replace(i == j ? double.NaN : symmetric[i, j].Item() + 1e-4, i, j);
                    Assert.False(Constraints.Symmetric.Check(broken).All());
                }
            }
        }
        Tensor batch = Tensor.Stack([Identity, Tensor.From(new double[,] { { 1, 2 }, { 2.1, 1 } }), Identity]);
        Assert.Equal([true, false, true], Constraints.Symmetric.Check(batch).ToArray<bool>());
    }

    [Fact]
    public void Joined_constraints_check_each_stretch_and_have_joined_bijections()
    {
        Constraint joined = Constraints.Independent(Constraints.Concat([Constraints.Positive, Constraints.Interval(-1, 1)], [2, 1]), 1);
        Assert.Equal([true, false], joined.Check(Tensor.From(new double[,] { { 1, 2, 0.5 }, { 1, -2, 0.5 } })).ToArray<bool>());
        Tensor x = ConstraintRegistry.BijectTo(joined).Forward(Tensor.From([-3.0, 1, 8]));
        Assert.True(joined.Check(x).All());
        Constraint stacked = Constraints.Stack([Constraints.Positive, Constraints.Real]);
        Assert.Equal([true, true], stacked.Check(Tensor.From([1.0, -1])).ToArray<bool>());
        Assert.Equal([false, true], stacked.Check(Tensor.From([-1.0, -1])).ToArray<bool>());
    }

    [Fact]
    public void Spheres_have_a_bijection_and_a_parametrization_of_their_own()
    {
        Assert.IsType<StereographicTransform>(ConstraintRegistry.BijectTo(Constraints.Sphere));
        Transform free = ConstraintRegistry.TransformTo(Constraints.Sphere);
        Assert.True(Constraints.Sphere.Check(free.Forward(Tensor.From([3e200, -4e200]))).All());
        Assert.Equal([1, 0], free.Forward(Tensor.From([0.0, 0])).ToArray<double>());
    }

    [Fact]
    public void Counts_of_a_given_sum_are_checked() =>
        Assert.Equal([true, false], Constraints.Multinomial(3).Check(Tensor.From(new double[,] { { 1, 2, 0 }, { 1, 1, 0 } })).ToArray<bool>());
}
