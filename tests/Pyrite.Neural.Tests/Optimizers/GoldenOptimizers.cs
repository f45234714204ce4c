using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Optimizers;

/// <summary>Builds an optimizer of the golden files from torch's or Pyro's arguments.</summary>
internal static class GoldenOptimizers
{
    public static Optimizer Build(JsonElement test, IReadOnlyList<Parameter> parameters)
    {
        JsonElement args = test.GetProperty("args");
        double Get(string name, double otherwise) => args.Optional(name)?.GetDouble() ?? otherwise;
        bool Flag(string name) => args.Optional(name)?.GetBoolean() ?? false;
        double rate = Get("lr", 0);
        double[] betas = args.Optional("betas")?.Numbers() ?? [0.9, 0.999];
        GradientClipping? clipping = Clipping(test);
        Schedule? schedule = test.Optional("schedule") is { } entry ? new ExponentialSchedule(entry.GetProperty("gamma").GetDouble()) : null;
        return test.GetProperty("optimizer").GetString() switch
        {
            "torch.SGD" => new Sgd(parameters, rate, Get("momentum", 0), Get("dampening", 0), Get("weight_decay", 0), Flag("nesterov")) { Clipping = clipping },
            "torch.Adam" => new Adam(parameters, rate, betas[0], betas[1], Get("eps", 1e-8), Get("weight_decay", 0), Flag("amsgrad")) { Clipping = clipping, Schedule = schedule },
            "torch.AdamW" => new AdamW(parameters, rate, betas[0], betas[1], weightDecay: Get("weight_decay", 1e-2)),
            "torch.Adagrad" => new Adagrad(parameters, rate, Get("lr_decay", 0), Get("weight_decay", 0), Get("initial_accumulator_value", 0)),
            "torch.RMSprop" => new RmsProp(parameters, rate, Get("alpha", 0.99), momentum: Get("momentum", 0), centered: Flag("centered")),
            "torch.Adadelta" => new Adadelta(parameters, rate, Get("rho", 0.9)),
            "torch.Adamax" => new Adamax(parameters, rate),
            "torch.NAdam" => new NAdam(parameters, rate),
            "torch.RAdam" => new RAdam(parameters, rate),
            "torch.Rprop" => new RProp(parameters, rate),
            "pyro.ClippedAdam" => new ClippedAdam(
                parameters, rate, weightDecay: Get("weight_decay", 0), clip: Get("clip_norm", 10), rateDecay: Get("lrd", 1), centered: Flag("centered_variance")),
            "pyro.AdagradRMSProp" => new AdagradRmsProp(parameters, Get("eta", 1), Get("delta", 1e-16), Get("t", 0.1)),
            string other => throw new NotSupportedException($"No optimizer for {other}."),
            null => throw new InvalidDataException("The case names no optimizer."),
        };
    }

    private static GradientClipping? Clipping(JsonElement test)
    {
        if (test.Optional("clip") is not { } clip)
        {
            return null;
        }
        double limit = clip.GetProperty("limit").GetDouble();
        return clip.GetProperty("kind").GetString() == "norm"
            ? GradientClipping.ByNorm(limit, clip.GetProperty("norm_type").Number())
            : GradientClipping.ByValue(limit);
    }
}
