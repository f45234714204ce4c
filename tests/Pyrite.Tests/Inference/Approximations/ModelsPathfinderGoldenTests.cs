using System.Text.Json;
using Pyrite.Inference.Approximations;
using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The parts of Pathfinder against exact numbers.</summary>
public sealed class ModelsPathfinderGoldenTests
{
    public static TheoryData<string> Steps => [.. GoldenCase.Names("pathfinder.json", "pathfinder-step")];

    public static TheoryData<string> Targets => [.. GoldenCase.Names("pathfinder.json", "pathfinder-target")];

    [Theory, MemberData(nameof(Steps))]
    public void Curvature_draws_and_bound_of_a_path_are_exact(string name)
    {
        JsonElement c = GoldenCase.Find("pathfinder.json", name).Json, expected = c.GetProperty("expected");
        double[][] points = Rows(c.GetProperty("points")), gradients = Rows(c.GetProperty("gradients")), normals = Rows(c.GetProperty("u"));
        int size = points[0].Length;
        CurvaturePairs pairs = new(size, c.GetProperty("history").GetInt32(), c.GetProperty("epsilon").GetDouble());
        bool[] accepted = new bool[points.Length - 1];
        for (int i = 0; i < accepted.Length; i++)
        {
            accepted[i] = pairs.Add(AscentPath.Difference(points[i + 1], points[i]), AscentPath.Difference(gradients[i], gradients[i + 1]));
        }
        Assert.Equal(expected.GetProperty("accepted").EnumerateArray().Select(one => one.GetBoolean()), accepted);
        Check("alpha", Tensor.From(pairs.Diagonal));
        Check("inverse_hessian", Tensor.From(pairs.Matrix(), [size, size]));

        NormalApproximation normal = new(pairs, points[^1], gradients[^1]);
        Check("mean", Tensor.From(normal.Mean));
        Check("log_det", Tensor.From([normal.LogDeterminant]));
        double[][] draws = [.. normals.Select(_ => new double[size])];
        double[] logQ = [.. normals.Select((u, i) => normal.Draw(u, draws[i]))], logP = [.. draws.Select(LogP)];
        Check("phi", Tensor.From([.. draws.SelectMany(draw => draw)], [draws.Length, size]));
        Check("log_q", Tensor.From(logQ));
        Check("log_p", Tensor.From(logP));
        Check("elbo", Tensor.From([logP.Zip(logQ, (p, q) => p - q).Average()]));

        void Check(string field, Tensor got) =>
            GoldenCase.Check(got, expected.GetProperty(field), c.GetProperty("rtol").GetDouble(), c.GetProperty("atol").GetDouble(), field);

        double LogP(double[] x)
        {
            double[][] precision = Rows(c.GetProperty("precision"));
            double quadratic = 0;
            for (int i = 0; i < size; i++)
            {
                quadratic += x[i] * AscentPath.Dot(precision[i], x);
            }
            return (-0.5 * quadratic) - (c.GetProperty("quartic").Number() * x.Sum(one => Math.Pow(one, 4)));
        }
    }

    [Theory, MemberData(nameof(Targets))]
    public void A_normal_target_is_found_with_its_evidence(string name)
    {
        JsonElement c = GoldenCase.Find("pathfinder.json", name).Json;
        double tolerance = c.GetProperty("statistical_tolerance").GetDouble();
        Tensor mean = GoldenCase.Tensor(c.GetProperty("mean")), covariance = GoldenCase.Tensor(c.GetProperty("cov"));
        double logEvidence = c.GetProperty("expected").GetProperty("log_evidence").GetDouble();
        int size = (int)mean.Shape[0];
        PathfinderResult found = Pathfinder.Run(() =>
        {
            Tensor x = Sample("x", new ImproperUniform(Constraints.RealVector, [], [size]));
            Tensor apart = x - mean;
            Factor("target", c.GetProperty("offset").GetDouble() - (0.5 * (apart * covariance.Inverse().MatMul(apart)).Sum()));
        }, draws: 4_000);
        Assert.All(found.Paths, path => Assert.Equal(PathStatus.Converged, path.Status));
        Assert.Contains(found.Paths, path => Math.Abs(path.Elbo - logEvidence) < tolerance);
        Assert.Equal(logEvidence, found.LogEvidence, tolerance);
        Tensor draws = found["x"];
        Close.Assert(draws.Mean(0).ToArray<double>(), mean.ToArray<double>(), 0, 6 * Math.Sqrt(covariance.Max().Item() / 4_000) + 0.02, "mean");
    }

    private static double[][] Rows(JsonElement value)
    {
        Tensor all = GoldenCase.Tensor(value);
        return [.. Enumerable.Range(0, (int)all.Shape[0]).Select(row => all[row].ToArray<double>())];
    }
}
