using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Optimizers;

/// <summary>Trajectories of 25 steps on a quadratic and a logistic regression against PyTorch and Pyro.</summary>
public sealed class OptimizerGoldenTests
{
    private const double Relative = 1e-10;
    private const double Absolute = 1e-12;

    private static readonly JsonElement Json = GoldenFolder.Json("neural", "optimizers.json");
    private static readonly NamedTensors Tensors = SafeTensors.Load(GoldenFolder.Path("neural", "optimizers.safetensors"));

    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        int index = 0;
        foreach (JsonElement test in Json.GetProperty("cases").EnumerateArray())
        {
            cases.Add(index++, test.GetProperty("name").GetString()!);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_the_reference_trajectory(int index, string name)
    {
        JsonElement test = Json.GetProperty("cases")[index];
        GoldenObjective objective = new(test.GetProperty("objective").GetString()!, Tensors);
        Optimizer optimizer = GoldenOptimizers.Build(test, objective.Parameters);
        double[] wantedLosses = Tensors[test.GetProperty("loss").GetString()!].ToArray<double>();
        int steps = test.Optional("steps")?.GetInt32() ?? wantedLosses.Length;
        double[] losses = new double[steps];
        List<double>[] path = [.. objective.Parameters.Select(parameter => new List<double>(parameter.Value.ToArray<double>()))];
        for (int step = 0; step < steps; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor loss = objective.Loss();
            losses[step] = loss.Item();
            optimizer.Step(loss);
            for (int i = 0; i < path.Length; i++)
            {
                path[i].AddRange(objective.Parameters[i].Value.ToArray<double>());
            }
        }
        for (int i = 0; i < path.Length; i++)
        {
            string key = test.GetProperty("trajectory").GetProperty(objective.Names[i]).GetString()!;
            Close.Assert(path[i].ToArray(), Tensors[key].ToArray<double>(), Relative, Absolute, $"{name} {objective.Names[i]}");
        }
        Close.Assert(losses, wantedLosses, Relative, Absolute, $"{name} loss");
    }
}
