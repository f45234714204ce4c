using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Schedules;

/// <summary>The rate at every step against PyTorch.</summary>
public sealed class ScheduleGoldenTests
{
    private const double Relative = 1e-10;

    private static readonly JsonElement NoArguments = JsonDocument.Parse("{}").RootElement;

    private static readonly JsonElement[] Json = [.. GoldenFolder.Json("neural", "schedules.json").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        for (int i = 0; i < Json.Length; i++)
        {
            cases.Add(i, Json[i].GetProperty("name").GetString()!);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_torch(int index, string name)
    {
        JsonElement test = Json[index];
        Schedule schedule = Build(test.GetProperty("schedule").GetString()!, test.Optional("args") ?? NoArguments);
        double[] want = test.GetProperty("lr").Numbers();
        double[] got = new double[want.Length];
        double[]? metrics = test.Optional("metrics")?.Numbers();
        for (int step = 0; step < got.Length; step++)
        {
            got[step] = schedule.Rate(test.GetProperty("base_lr").GetDouble(), step);
            if (metrics is not null)
            {
                ((PlateauSchedule)schedule).Report(metrics[step]);
            }
        }
        Close.Assert(got, want, Relative, 1e-15, name);
    }

    private static Schedule Build(string kind, JsonElement args)
    {
        double Get(string name, double otherwise) => args.Optional(name)?.GetDouble() ?? otherwise;
        long Whole(string name, long otherwise = 0) => args.Optional(name)?.GetInt64() ?? otherwise;
        return kind switch
        {
            "StepLR" => new StepSchedule(Whole("step_size"), Get("gamma", 0.1)),
            "MultiStepLR" => new MultiStepSchedule(args.GetProperty("milestones").Integers().Select(milestone => (long)milestone), Get("gamma", 0.1)),
            "ExponentialLR" => new ExponentialSchedule(Get("gamma", 0)),
            "CosineAnnealingLR" => new CosineSchedule(Whole("T_max"), Get("eta_min", 0)),
            "CosineAnnealingWarmRestarts" => new CosineRestartsSchedule(Whole("T_0"), Whole("T_mult", 1), Get("eta_min", 0)),
            "LinearLR" => new LinearSchedule(Whole("total_iters", 5), Get("start_factor", 1.0 / 3), Get("end_factor", 1)),
            "ConstantLR" => new ConstantSchedule(Whole("total_iters", 5), Get("factor", 1.0 / 3)),
            "PolynomialLR" => new PolynomialSchedule(Whole("total_iters", 5), Get("power", 1)),
            "OneCycleLR" => new OneCycleSchedule(
                Get("max_lr", 0), Whole("total_steps"), Get("pct_start", 0.3), Get("div_factor", 25), Get("final_div_factor", 1e4),
                args.Optional("anneal_strategy")?.GetString() == "linear", args.Optional("three_phase")?.GetBoolean() ?? false),
            "CyclicLR" =>
                new CyclicSchedule(Get("base_lr", 0), Get("max_lr", 0), Whole("step_size_up", 2000), args.Optional("step_size_down")?.GetInt64()),
            "SequentialLR" => new SequentialSchedule(
                args.GetProperty("parts").EnumerateArray().Select(part => Build(part.GetProperty("schedule").GetString()!, part)),
                args.GetProperty("milestones").Integers().Select(milestone => (long)milestone)),
            "ReduceLROnPlateau" => new PlateauSchedule(
                Get("factor", 0.1), (int)Whole("patience", 10), Get("threshold", 1e-4), args.Optional("threshold_mode")?.GetString() != "abs",
                (int)Whole("cooldown"), Get("min_lr", 0), args.Optional("mode")?.GetString() == "max"),
            _ => throw new NotSupportedException($"No schedule for {kind}."),
        };
    }
}
