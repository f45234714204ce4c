using System.Globalization;

namespace Pyrite.Conformance;

/// <summary>Means, variances and entropies of vectors and matrices at all corners: alike in both precisions.</summary>
[Trait("Once", "Cultures")]
public sealed class ArrayMemberTests
{
    private const double Tolerance = 1e-4;

    private static readonly (string Name, Func<Distribution, Tensor> Ask)[] Members =
        [("mean", d => d.Mean), ("variance", d => d.Variance), ("entropy", d => d.Entropy())];

    public static TheoryData<string> Names => [.. ArrayFamilies.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Members_are_alike_in_both_precisions(string name)
    {
        List<string> faults = [];
        foreach (Corner corner in Corners.Of(name, ArrayFamilies.All[name]).DistinctBy(corner => (corner.Name.Split(" at ")[0], corner.MakeFrom)))
        {
            Tensor[] narrow = [.. corner.Parameters.Select(p => p.To(DType.Float32))];
            foreach ((string member, Func<Distribution, Tensor> ask) in Members)
            {
                double[]? one = Ask(corner, narrow, DType.Float32, ask);
                double[]? two = Ask(corner, [.. narrow.Select(p => p.To(DType.Float64))], DType.Float64, ask);
                if (one is null || two is null)
                {
                    continue;
                }
                double largest = two.Where(double.IsFinite).Select(Math.Abs).Append(0).Max();
                for (int i = 0; i < one.Length; i++)
                {
                    if (!Alike(one[i], two[i], member == "entropy" ? 1e-6 : 1e-6 * largest))
                    {
                        faults.Add(string.Create(CultureInfo.InvariantCulture,
                            $"{corner.Name.Split(" at ")[0]}: {member} [{i}] {one[i]}, in Float64 {two[i]}"));
                    }
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>Plain numbers have no type of their own that could be widened.</summary>
    [Fact]
    public void Members_of_plain_numbers_are_there_in_the_default_precision()
    {
        Assert.Equal(DType.Float32, Precision.Default);
        Distribution[] plain =
        [
            new LKJCholesky(3), new LKJ(3, 2), new Wishart(5, scaleTril: Tensor.Identity(2)), new InverseWishart(9, scaleTril: Tensor.Identity(2)),
            new MultivariateStudentT(5, Tensor.Zeros(2), Tensor.Identity(2)), new Dirichlet(Tensor.Ones(3)),
        ];
        Assert.All(plain, family => Assert.All(Members, member => Assert.True(member.Ask(family).IsFinite().All(), $"{family.Name}: {member.Name}")));
    }

    private static double[]? Ask(Corner corner, Tensor[] parameters, DType type, Func<Distribution, Tensor> ask)
    {
        using Precision.Scope precision = Precision.Use(type);
        try
        {
            return Family.OrNull(() => ask(corner.MakeFrom(parameters, true)))?.ToArray<double>();
        }
        catch (ArgumentException)
        {
            return null;   // a factorization that Float32 has too few digits for
        }
    }

    private static bool Alike(double narrow, double wide, double absolute) =>
        double.IsNaN(wide) ? double.IsNaN(narrow)
        : Math.Abs(wide) > float.MaxValue ? double.IsInfinity(narrow) || Math.Abs(narrow) > 3e38
        : Math.Abs(narrow - wide) <= (Tolerance * Math.Abs(wide)) + absolute + 1.2e-38;
}
