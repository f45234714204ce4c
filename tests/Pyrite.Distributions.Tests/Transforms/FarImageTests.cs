using System.Globalization;
using Pyrite.Conformance;

namespace Pyrite.Transforms;

/// <summary>Densities of images of the maps onto supports, far out, where images round onto an end of the support: as MCMC and automatic guides
/// compute them.</summary>
public sealed class FarImageTests
{
    private static readonly double[] Places = [-700, -300, -92, -40, -5, -0.3, 0.2, 5, 40, 92, 300, 700];
    private static readonly double[] Concentration = [1.5, 4, 2, 2.5];

    private static readonly Dictionary<string, Family> All =
        RealFamilies.All.Concat(ArrayFamilies.All).ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>Where the density itself leaves the range of Float64 within 700: e^-e^2u and the like; a slope of an inverse matrix goes with its
    /// cube.</summary>
    private static readonly Dictionary<string, (double From, double To)> InRange = new()
    {
        ["HalfNormal"] = (-700, 300),
        ["FoldedNormal"] = (-700, 300),
        ["Weibull"] = (-700, 300),
        ["Gompertz"] = (-700, 5),
        ["Wishart"] = (-700, 300),
        ["Wishart of a covariance"] = (-700, 300),
        ["Wishart of a precision"] = (-700, 300),
        ["InverseWishart"] = (-92, 700),
        ["InverseWishart of a matrix"] = (-92, 700),
    };

    public static TheoryData<string> Forms => [.. FarForms.All.Keys];

    public static TheoryData<string> Names =>
        [.. All.Keys.Where(
            name =>
            name is not ("Delta" or "Unit") && All[name].Make() is { IsDiscrete: false } member && member.Support.Bijection is { } map
                && map is not IdentityTransform)];

    [Theory, MemberData(nameof(Forms))]
    public void Scores_and_slopes_are_those_of_closed_forms(string name)
    {
        (double[] parameters, Func<Tensor[], Distribution> make, Func<double, double> form) = FarForms.All[name];
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            Distribution member = make([.. parameters.Select(p => Tensor.Full(Shape.Scalar, p, type))]);
            foreach (double u in Places.Where(u => type == DType.Float64 || Math.Abs(u) < 100))
            {
                (double score, double[] slopes) = Scored(member, [u], type);
                double tolerance = type == DType.Float32 ? 1e-4 : 1e-10;
                double want = form(u);
                double slope = FarForms.Slope(form, u);
                AssertNear(want, score, tolerance, type, $"{name} {type} at {u}");
                AssertNear(slope, slopes[0], Math.Max(1e-7, tolerance), type, $"slope of {name} {type} at {u}");
            }
        }
    }

    /// <summary>The case of use: (1.5, 4, 2, 2.5) at the image of (.3, -92, 2.1); the slope is that of the closed form.</summary>
    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void A_Dirichlet_vector_with_a_vanishing_share_has_its_slopes(DType type)
    {
        (_, double[] slopes) = Scored(new Dirichlet(Tensor.From(Concentration).To(type)), [0.3, -92, 2.1], type, withChange: false);
        double[] want = [-1.36193465, 3, -1.22725795];
        Assert.All(want.Zip(slopes), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Dirichlet_vectors_far_out_have_scores_and_slopes_of_the_closed_form(DType type)
    {
        foreach (double[] u in new double[][] { [0.3, -92, 2.1], [92, 0.1, 0.2], [-92, -92, -92], [90, -90, 90], [0.1, 0.2, 92], [700, 0.1, -0.2],
            [-700, 700, -700], [0.1, -1e4, 1e4] }
            .Where(u => type == DType.Float64 || u.All(x => Math.Abs(x) < 100)))
        {
            (double score, double[] slopes) = Scored(new Dirichlet(Tensor.From(Concentration).To(type)), u, type);
            AssertNear(FarForms.Dirichlet(Concentration, u), score, type == DType.Float32 ? 1e-5 : 1e-12, type, $"{type}");
            for (int k = 0; k < u.Length; k++)
            {
                int entry = k;
                double slope = FarForms.Slope(x => FarForms.Dirichlet(Concentration, [.. u.Select((y, i) => i == entry ? x : y)]), u[k]);
                AssertNear(slope, slopes[k], 1e-5, type, $"slope {k} {type}");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_family_scores_far_images_with_finite_slopes_alike_in_both_types_and_when_compiled(string name)
    {
        Family family = All[name];
        Distribution wide = family.MakeFrom([.. family.Parameters.Select(p => p.To(DType.Float32).To(DType.Float64))], true);
        Distribution free = family.MakeFrom([.. family.Parameters.Select(p => p.To(DType.Float32).To(DType.Float64))], false);
        Distribution narrow = family.MakeFrom([.. family.Parameters.Select(p => p.To(DType.Float32))], true);
        Distribution narrowFree = family.MakeFrom([.. family.Parameters.Select(p => p.To(DType.Float32))], false);
        (double from, double to) = InRange.GetValueOrDefault(name, (-700, 700));
        int count = (int)wide.Support.Bijection!.InverseShape(wide.BatchShape + wide.EventShape).Count;
        double[] start = [.. Enumerable.Range(0, count).Select(i => 0.3 + (0.4 * i))];
        Shape shape = wide.Support.Bijection!.InverseShape(wide.BatchShape + wide.EventShape);
        ReplayedFunction compiled = ReplayedFunction.TryRecord(x => [Density(wide, x[0], true)], [shape], start, withGradient: true)!;
        foreach (double place in Places.Where(u => u >= from && u <= to))
        {
            double[] u = [.. start.Select((x, i) => i == 1 % count ? place : x)];
            string where = $"{name} at {string.Join(" ", u)}";
            (double score, double[] slopes) = Scored(wide, u, DType.Float64);
            Assert.True(double.IsFinite(score) && slopes.All(double.IsFinite),
                $"{where}: {Text(score)}, slopes {string.Join(" ", slopes.Select(Text))}");
            double[] replayed = new double[count];
            AssertNear(score, compiled.Evaluate(u, replayed), 1e-10, DType.Float64, $"{where}, compiled");
            AssertAll(slopes, replayed, 1e-9, DType.Float64, $"{where}, compiled");
            (double unchecked64, double[] slopes64) = Scored(free, u, DType.Float64);
            AssertNear(score, unchecked64, 1e-12, DType.Float64, $"{where}, without validation");
            AssertAll(slopes, slopes64, 1e-12, DType.Float64, $"{where}, without validation");
            if (Math.Abs(place) > 100)
            {
                continue;
            }
            foreach (Distribution member in new[] { narrow, narrowFree })
            {
                (double score32, double[] slopes32) = Scored(member, u, DType.Float32);
                AssertNear(score, score32, 1e-4, DType.Float32, $"{where} in Float32, validation {member.Validate}");
                AssertAll(slopes, slopes32, 1e-4, DType.Float32, $"{where} in Float32, validation {member.Validate}");
            }
        }
    }

    [Fact]
    public void A_gradient_at_an_image_that_was_looked_through_is_refused()
    {
        Tensor u = Tensor.From([0.3]).AsVariable();
        Tensor y = new SigmoidTransform().Forward(u);
        Tensor score = new Beta(Tensor.From([2.0]), Tensor.From([3.0])).LogProb(y).Sum();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Gradient.Of(score, [y]));
        Assert.Contains("AsVariable()", error.Message, StringComparison.Ordinal);
        Tensor cut = y.AsVariable();
        double slope = Gradient.Of(new Beta(Tensor.From([2.0]), Tensor.From([3.0])).LogProb(cut).Sum(), [cut])[0].Item();
        double x = y.Item();
        Assert.Equal((1 / x) - (2 / (1 - x)), slope, 1e-12);   // (a - 1) / x - (b - 1) / (1 - x)
    }

    [Fact]
    public void What_is_cut_off_or_made_without_gradients_is_not_looked_through()
    {
        Tensor u = Tensor.From([0.3]).AsVariable();
        Tensor made;
        using (NoGradient.Begin())
        {
            made = new ExpTransform().Forward(u);
        }
        Assert.False(new LogNormal(0.0, 1.0).LogProb(made).RequiresGradient);
        Assert.False(new LogNormal(0.0, 1.0).LogProb(new ExpTransform().Forward(u).Detach()).RequiresGradient);
    }

    private static Tensor Density(Distribution member, Tensor x, bool withChange)
    {
        Transform map = member.Support.Bijection!;
        Tensor y = map.Forward(x);
        Tensor score = member.LogProb(y).Sum();
        return withChange ? score + map.LogAbsDetJacobian(x, y).Sum() : score;
    }

    private static (double Score, double[] Slopes) Scored(Distribution member, double[] u, DType type, bool withChange = true)
    {
        using Precision.Scope precision = Precision.Use(type);
        Shape shape = member.Support.Bijection!.InverseShape(member.BatchShape + member.EventShape);
        Tensor x = Tensor.From<double>(u, shape).To(type).AsVariable();
        Tensor density = Density(member, x, withChange);
        return (density.Item(), Gradient.Of(density, [x])[0].ToArray<double>());
    }

    private static void AssertAll(double[] want, double[] got, double tolerance, DType type, string where)
    {
        double largest = want.Max(Math.Abs);
        for (int i = 0; i < want.Length; i++)
        {
            bool fits = type == DType.Float64 || Math.Abs(want[i]) < 3e38;
            Assert.True(
                fits
                    ? Math.Abs(got[i] - want[i]) <= (tolerance * Math.Abs(want[i])) + (0.01 * tolerance * Math.Clamp(1e-4 * largest, 1, 100))
                    : double.IsInfinity(got[i]), $"{where}: slope {i} is {Text(got[i])}, want {Text(want[i])}");
        }
    }

    private static void AssertNear(double want, double got, double tolerance, DType type, string where)
    {
        bool fits = type == DType.Float64 || Math.Abs(want) < 3e38;
        Assert.True(fits ? Math.Abs(got - want) <= tolerance * Math.Max(Math.Abs(want), 1e-3) : double.IsInfinity(got) && got > 0 == want > 0,
            $"{where}: {Text(got)}, want {Text(want)}");
    }

    private static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
