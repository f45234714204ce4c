using Pyrite.Kernels.Code;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Tests;

/// <summary>Recorded functions compute both products with a constant matrix in one pass over its rows; eager execution is the oracle.</summary>
public sealed class ReplayProductsTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void A_logistic_likelihood_of_any_shape_agrees_with_eager_execution()
    {
        int[] rows = [2, 3, 7, 8, 9, 16, 31, 63, 64, 65, 71, 72, 100, 128, 130, 191, 515];
        for (int columns = 1; columns <= 70; columns++)
        {
            int count = rows[columns % rows.Length];
            Tensor x = Numbers(columns, [count, columns]), y = Outcomes(columns, count);
            AssertFused(b => [Score(y, x.MatMul(b[0]))], [[columns]]);
        }
    }

    [Fact]
    public void Row_counts_up_to_three_blocks_agree_with_eager_execution()
    {
        for (int rows = 2; rows <= 195; rows += rows < 20 ? 1 : 5)
        {
            Tensor x = Numbers(rows, [rows, 5]), y = Outcomes(rows, rows);
            AssertFused(b => [Score(y, x.MatMul(b[0]))], [[5]]);
        }
    }

    [Theory]
    [InlineData("nk,k->n")]
    [InlineData("k,nk->n")]
    public void Sums_by_Einsteins_convention_are_such_products(string equation)
    {
        Tensor x = Numbers(1, [77, 6]), y = Outcomes(1, 77);
        AssertFused(b => [Score(y, equation.StartsWith('n') ? Tensor.EinsteinSum(equation, x, b[0]) : Tensor.EinsteinSum(equation, b[0], x))], [[6]]);
    }

    [Fact]
    public void The_matrix_may_stand_on_either_side_and_on_its_side()
    {
        Tensor x = Numbers(1, [77, 6]), wide = Numbers(2, [6, 77]), y = Outcomes(1, 77);
        AssertFused(b => [Score(y, b[0].MatMul(wide))], [[6]]);
        AssertFused(b => [Score(y, x.Linear(b[0].Reshape(1, 6)).Reshape(77))], [[6]]);
        AssertFused(b => [Score(y, wide.Transpose(0, 1).MatMul(b[0]))], [[6]]);
        AssertFused(b => [Score(y, x.MatMul(b[0].Reshape(6, 1)).Reshape(77))], [[6]]);
    }

    [Fact]
    public void Offsets_and_intercepts_join()
    {
        Tensor x = Numbers(1, [150, 11]), offset = Numbers(2, [150]), y = Outcomes(1, 150);
        AssertFused(b => [Score(y, x.MatMul(b[0]) + b[1] + offset) - (0.5 * b[0].Square().Sum())], [[11], []]);
    }

    [Fact]
    public void Several_predictors_share_a_pass()
    {
        Tensor x = Numbers(1, [150, 11]), z = Numbers(2, [150, 3]), y = Numbers(3, [150]);
        AssertFused(b => [Gaussian(y, x.MatMul(b[0]) + z.MatMul(b[1]), (0.1 * x.MatMul(b[2])).Exp())], [[11], [3], [11]]);
    }

    [Fact]
    public void Matrices_of_one_shape_do_not_mix()
    {
        Tensor x = Numbers(1, [50, 4]), z = Numbers(2, [50, 4]), y = Outcomes(1, 50);
        AssertFused(b => [Score(y, x.MatMul(b[0])) + (2.0 * Score(y, z.MatMul(b[0]))) - Score(y, (x * b[0]).Sum(-1) + (z * b[0]).Sum(-1))], [[4]]);
    }

    [Fact]
    public void Predictors_of_several_lengths_do_not_mix()
    {
        Tensor x = Numbers(1, [150, 11]), z = Numbers(2, [40, 11]), y = Outcomes(3, 150), w = Outcomes(4, 40);
        AssertFused(b => [Score(y, x.MatMul(b[0])) + Score(w, z.MatMul(b[0]))], [[11]]);
    }

    [Fact]
    public void A_square_matrix_shares_its_loop_with_the_priors()
    {
        Tensor x = Numbers(1, [33, 33]), y = Outcomes(1, 33);
        AssertFused(b => [Score(y, x.MatMul(b[0])) - (0.5 * b[0].Square().Sum())], [[33]]);
    }

    [Fact]
    public void A_product_may_be_the_weight_of_the_other()
    {
        Tensor x = Numbers(1, [75, 6]);
        AssertFused(b => [0.5 * x.MatMul(b[0]).Square().Sum()], [[6]]);
    }

    [Fact]
    public void A_product_that_is_a_result_stands_in_memory()
    {
        Tensor x = Numbers(1, [75, 6]), y = Outcomes(1, 75);
        AssertFused(
            b =>
            {
                Tensor logits = x.MatMul(b[0]);
                return [Score(y, logits), logits, logits.Sigmoid()];
            },
            [[6]]);
    }

    [Fact]
    public void A_sum_between_the_products_makes_two_passes()
    {
        Tensor x = Numbers(1, [150, 11]);
        AssertFused(
            b =>
            {
                Tensor z = x.MatMul(b[0]);
                return [((z - z.Mean()).Square() + 1).Log().Sum()];
            },
            [[11]]);
    }

    [Fact]
    public void A_vector_of_equal_numbers_is_written_out()
    {
        Tensor x = Numbers(1, [75, 6]), y = Outcomes(1, 75);
        AssertFused(b => [Score(y, x.MatMul((2.0 * b[0]).BroadcastTo([6])))], [[]]);
    }

    [Fact]
    public void A_chain_of_products_from_both_sides_keeps_its_order()
    {
        Tensor x = Numbers(1, [75, 6]);
        AssertFused(
            b =>
            {
                Tensor z = (0.1 * x.MatMul(b[0])).Tanh();
                Tensor back = (0.1 * x.Transpose(0, 1).MatMul(z)).Tanh();
                return [(0.1 * x.MatMul(back)).Square().Sum()];
            },
            [[6]]);
    }

    [Fact]
    public void What_stands_behind_the_last_row_is_left_out()
    {
        Tensor x = Tensor.Full([9, 2], 1.0, DType.Float64);
        AssertFused(b => [x.MatMul(b[0]).Reciprocal().Log().Sum()], [[2]], 1.5, 2.5);
    }

    [Fact]
    public void Infinite_log_odds_are_certain()
    {
        Tensor x = Tensor.From([1e300, -1e300, 1e300, 1]).Reshape(4, 1), right = Tensor.From([1.0, 0, 1, 1]), wrong = Tensor.From([1.0, 0, 0, 1]);
        ReplayedFunction function = Record(b => [Score(right, x.MatMul(b[0]))], [[1]], 1);
        Assert.Equal(-Math.Log(1 + Math.Exp(-1e10)), function.Evaluate([1e10], new double[1]));
        Assert.Equal(double.NegativeInfinity, Record(b => [Score(wrong, x.MatMul(b[0]))], [[1]], 1).Evaluate([1e10], new double[1]));
    }

    [Fact]
    public void Outcomes_that_are_none_are_impossible()
    {
        foreach (double outcome in new[] { -1e-300, 1.0000000000000002, double.NaN })
        {
            Tensor x = Numbers(1, [4, 2]), y = Tensor.From([1.0, 0, outcome, 1]);
            Assert.Equal(double.NegativeInfinity, Record(b => [Score(y, x.MatMul(b[0]))], [[2]], 0.1, 0.2).Evaluate([0.3, 0.4], new double[2]));
        }
    }

    [Fact]
    public void Forks_give_the_same_bits()
    {
        Tensor x = Numbers(1, [150, 11]), y = Outcomes(1, 150);
        double[] point = Point(11), first = new double[11], second = new double[11];
        ReplayedFunction function = Record(b => [Score(y, x.MatMul(b[0]))], [[11]], point);
        Assert.Equal(function.Evaluate(point, first), function.Fork().Evaluate(point, second));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Other_products_run_as_before()
    {
        Tensor x = Numbers(1, [20, 6]), y = Numbers(2, [20, 3]), many = Numbers(3, [4, 20, 6]), wide = Numbers(4, [5, 1025]),
            row = Numbers(5, [1, 6]);
        AssertAgrees(b => [(x.MatMul(b[0].Reshape(6, 3)) - y).Square().Sum()], [[18]]);
        AssertAgrees(b => [many.MatMul(b[0]).Tanh().Sum()], [[6]]);
        AssertAgrees(b => [wide.MatMul(b[0]).Tanh().Sum()], [[1025]]);
        AssertAgrees(b => [row.MatMul(b[0]).Tanh().Sum()], [[6]]);
        AssertAgrees(b => [(x * b[1]).MatMul(b[0]).Tanh().Sum()], [[6], []]);
        AssertAgrees(b => [b[0].MatMul(b[1])], [[6], [6]]);
        AssertAgrees(b => [x.MatMul(b[0]).Sum()], [[6]]);
        Assert.Equal(VectorCode.IsAvailable, Record(b => [x.MatMul(b[0])], [[6]], Point(6), withGradient: false).Uncompiled.Count == 0);
    }

    [Fact]
    public void Sums_of_products_element_by_element_are_such_products()
    {
        Tensor x = Numbers(1, [77, 6]), wide = Numbers(2, [6, 77]), square = Numbers(3, [12, 12]), y = Outcomes(1, 77), few = Outcomes(2, 12);
        AssertFused(b => [Score(y, (x * b[0]).Sum(-1))], [[6]]);
        AssertFused(b => [Score(y, (b[0].Reshape(1, 6) * x).Sum(-1) + x.MatMul(b[0]))], [[6]]);
        AssertFused(b => [Score(y, (wide * b[0].Reshape(6, 1)).Sum(0))], [[6]]);
        AssertFused(b => [Score(few, (square * b[0]).Sum(-1))], [[12]]);
        AssertFused(b => [Score(few, (square * b[0].Reshape(12, 1)).Sum(0))], [[12]]);
        AssertFused(b => [Score(y, (x * b[0].BroadcastTo([77, 6])).Sum(1))], [[6]]);
        AssertFused(b => [Score(y, (x * (1.5 * b[0]).BroadcastTo([6])).Sum(1))], [[]]);
    }

    [Fact]
    public void Other_sums_of_products_run_as_before()
    {
        Tensor x = Numbers(1, [8, 6]), y = Outcomes(1, 8), z = Outcomes(2, 6);
        Shape[] vector = [[8]], row = [[6]], matrix = [[48]];
        AssertAgrees(b => [Score(y, (x * b[0].Reshape(8, 1)).Sum(-1))], vector);
        AssertAgrees(b => [Score(z, (x * b[0]).Sum(0))], row);
        AssertAgrees(b => [Score(y, (x * b[0].Reshape(8, 6)).Sum(1))], matrix);
        AssertAgrees(b => [Score(y, (x * b[0].Reshape(6, 1).BroadcastTo([6, 8]).Reshape(8, 6)).Sum(1))], row);
        AssertAgrees(b => [Score(y, (x * b[0].Reshape(3, 1, 2).BroadcastTo([3, 8, 2]).Reshape(8, 6)).Sum(1))], row);
        AssertAgrees(b => [Score(y, (x * b[0].Reshape(2, 4, 1).BroadcastTo([2, 4, 6]).Reshape(8, 6)).Sum(1))], vector);
        AssertAgrees(b => [(x * b[0]).Sum()], row);
        AssertAgrees(
            b =>
            {
                Tensor terms = x * b[0];
                return [Score(y, terms.Sum(-1)), terms, terms.Sum(0)];
            },
            row);
    }

    private static Tensor Score(Tensor y, Tensor logits) => BernoulliLogitsOperation.Of(y, logits, null).Sum();

    private static Tensor Gaussian(Tensor y, Tensor mean, Tensor scale) => -((0.5 * ((y - mean) / scale).Square()) + scale.Log()).Sum();

    /// <summary>Agrees, and no product is left to run by itself, unless the machine has no vectors.</summary>
    private static void AssertFused(Func<Tensor[], Tensor[]> function, Shape[] shapes, params double[] point)
    {
        ReplayedFunction replayed = AssertAgrees(function, shapes, point);
        Assert.Equal(!VectorCode.IsAvailable, replayed.Uncompiled.Any(name => name.Split(' ')[0] is "matmul" or "multiply" or "sum"));
    }

    private static ReplayedFunction AssertAgrees(Func<Tensor[], Tensor[]> function, Shape[] shapes, params double[] point)
    {
        point = point.Length > 0 ? point : Point((int)shapes.Sum(shape => shape.Count));
        ReplayedFunction replayed = Record(function, shapes, Array.ConvertAll(point, value => (0.5 * value) + 0.1));
        double[] gradient = new double[point.Length];
        double value = replayed.Evaluate(point, gradient);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor[] variables = ReplayedFunction.Split(point, shapes);
        Tensor[] outputs = function(variables);
        double[] expected = [.. Gradient.Of(outputs[0], variables).SelectMany(one => one.ToArray<double>())];
        AssertClose([outputs[0].Item()], [value]);
        AssertClose(expected, gradient);
        for (int i = 1; i < outputs.Length; i++)
        {
            double[] result = new double[outputs[i].Count];
            replayed.Read(i, result);
            AssertClose(outputs[i].ToArray<double>(), result);
        }
        return replayed;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        double scale = expected.Max(Math.Abs) + 1;
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - (Tolerance * scale), pair.First + (Tolerance * scale)));
    }

    private static ReplayedFunction Record(Func<Tensor[], Tensor[]> function, Shape[] shapes, params double[] point) =>
        Record(function, shapes, point, withGradient: true);

    private static ReplayedFunction Record(Func<Tensor[], Tensor[]> function, Shape[] shapes, double[] point, bool withGradient)
    {
        ReplayedFunction? replayed = ReplayedFunction.TryRecord(function, shapes, point, withGradient);
        Assert.NotNull(replayed);
        return replayed;
    }

    private static double[] Point(int count) => Numbers(99, [count]).ToArray<double>();

    private static Tensor Numbers(int seed, Shape shape) => RandomKey.FromSeed((ulong)seed).Normal(shape, DType.Float64);

    private static Tensor Outcomes(int seed, int count) =>
        (RandomKey.FromSeed((ulong)seed).Child("outcomes").Uniform([count], DType.Float64) < 0.4).To(DType.Float64);
}
