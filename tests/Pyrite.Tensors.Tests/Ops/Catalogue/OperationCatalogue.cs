using System.Reflection;

namespace Pyrite.Tests.Catalogue;

/// <summary>All differentiable public operations, and what the library has.</summary>
internal static class OperationCatalogue
{
    public static readonly CatalogueEntry[] All =
    [
        .. ElementwiseEntries.All, .. SpecialFunctionEntries.All, .. ReductionEntries.All, .. ShapeEntries.All,
        .. IndexEntries.All, .. LinearAlgebraEntries.All, .. ConvolutionEntries.All, .. NetworkEntries.All,
    ];

    /// <summary>Members with tensors in and out that have no derivative (conditions, positions, counts and draws), the derivatives themselves, and
    /// what other tests hold.</summary>
    public static readonly string[] NotDifferentiable =
    [
        "Comparison.EqualTo", "Comparison.NotEqualTo", "Comparison.GreaterThan", "Comparison.GreaterThanOrEqualTo", "Comparison.LessThan",
            "Comparison.LessThanOrEqualTo", "Comparison.IsFinite", "Comparison.IsInfinite", "Comparison.IsNan",
        "Tensor.op_BitwiseAnd", "Tensor.op_BitwiseOr", "Tensor.op_ExclusiveOr", "Tensor.op_GreaterThan", "Tensor.op_GreaterThanOrEqual",
            "Tensor.op_LessThan", "Tensor.op_LessThanOrEqual", "Tensor.op_LogicalNot",
        "Counting.BinCount", "Counting.OneHot", "Counting.SearchSorted", "Extremes.ArgMax", "Extremes.ArgMin", "Extremes.ArgSort", "Masking.NonZero",
            "Moments.All", "Moments.Any", "Moments.CountNonZero",
        "CustomGradient.Apply", "Derivatives.Of", "Derivatives.Hessian", "Derivatives.HessianVectorProduct", "Derivatives.Jacobian",
            "Derivatives.JacobianVectorProduct", "Derivatives.VectorJacobianProduct",
        "Gradient.AsVariable", "Gradient.Of", "Gradient.OrNull", "Gradient.WithValue",
        "OpenOperations.Apply", "OpenOperations.Map", "OpenOperations.Zip", "ScalarFunctions.Of", "ScalarFunctions.OfMany",   // as their authors say
        "AnomalyMode.Counted", "AnomalyMode.Judge",
        "Conditions.AllLowerCholesky", "Conditions.AllTrue", "Conditions.AllWithin", "Conditions.IsSymmetric", "Conditions.IsWithin",
        "RandomDraws.Category", "RandomDraws.Draw", "RandomDraws.Normal", "RandomDraws.Poisson",

        // Differentiable, but only once in a shape, only by their implicit gradient, or only on matrices of a kind: the tests of masks, of Gamma
        // draws, of incomplete Beta functions and of Gaussian vectors hold their derivatives.
        "RandomDraws.Gamma", "RandomDraws.LogGamma", "Reduction.SumTo", "Tensor.Masked",
        "IncompleteBeta.BetaLowerByBoth", "IncompleteBeta.BetaLowerByFirst", "IncompleteBeta.BetaLowerByFirstTwice",
            "IncompleteBeta.BetaLowerBySecond", "IncompleteBeta.BetaLowerBySecondTwice",
        "TriangularMatrices.CholeskyFactor", "TriangularMatrices.InverseOfLower", "TriangularMatrices.SolveLower",
            "TriangularMatrices.WhitenedDensity",
    ];

    /// <summary>Class and member of every public operation that takes a tensor and gives one or several, and of the indexer.</summary>
    public static IEnumerable<string> PublicOperations() => typeof(Tensor).Assembly.GetExportedTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true, IsNested: false } || type == typeof(Tensor))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => HoldsTensors(method.ReturnType) && method.GetParameters().Any(parameter => HoldsTensors(parameter.ParameterType)))
        .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
        .Append("Tensor.Element")
        .Distinct();

    private static bool HoldsTensors(Type type) =>
        type == typeof(Tensor) || (type.HasElementType && HoldsTensors(type.GetElementType()!))
            || (type.IsGenericType && type.GetGenericArguments().Any(HoldsTensors));
}
