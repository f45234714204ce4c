using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Optimizers;

/// <summary>Builds an optimizer of the golden files from torch's or Pyro's arguments.</summary>
internal static class GoldenOptimizers
{
    public static bool CanBuild(JsonElement test) =>
        test.GetProperty("optimizer").GetString() == "torch.Adam" && test.Optional("clip") is null && test.Optional("schedule") is null;

    public static Optimizer Build(JsonElement test, IReadOnlyList<Parameter> parameters)
    {
        JsonElement args = test.GetProperty("args");
        double Get(string name, double otherwise) => args.Optional(name)?.GetDouble() ?? otherwise;
        bool Flag(string name) => args.Optional(name)?.GetBoolean() ?? false;
        double rate = Get("lr", 0);
        double[] betas = args.Optional("betas")?.Numbers() ?? [0.9, 0.999];
        return test.GetProperty("optimizer").GetString() switch
        {
            "torch.Adam" => new Adam(parameters, rate, betas[0], betas[1], Get("eps", 1e-8), Get("weight_decay", 0), Flag("amsgrad")),
            string other => throw new NotSupportedException($"No optimizer for {other}."),
            null => throw new InvalidDataException("The case names no optimizer."),
        };
    }
}
