using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Hidden Markov models against forward recursions of forty digits.</summary>
public sealed class ModelsHmmGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.Names("hmm.json")];

    [Theory, MemberData(nameof(Names))]
    public void Densities_states_and_gradients_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Find("hmm.json", name);
        c.RequireOnly("log_likelihood", "filtered", "smoothed", "expected_transitions", "viterbi_path", "viterbi_log_prob", "gradient",
            "forecast_state",
            "log_likelihood_start_before");
        Tensor y = c.Input("y"), seen = !y.IsNan(), start = c.Input("start").Log(), transition = c.Input("transition").Log();
        JsonElement emission = c.Json.GetProperty("emission");
        string[] names = [.. emission.EnumerateObject().Select(entry => entry.Name).Where(entry => entry is not "kind" and not "states")];
        Tensor[] numbers = [.. names.Select(entry => GoldenCase.Tensor(emission.GetProperty(entry)).AsVariable())];
        bool isDiscrete = emission.GetProperty("kind").GetString() != "normal";
        Tensor data = isDiscrete ? Tensor.Where(seen, y, 0.0).To(DType.Int64) : y;
        Hmm model = Model(HmmStart.AtFirstObservation);

        Tensor density = model.LogProb(data);
        c.Check("log_likelihood", density);
        c.Check("log_likelihood_start_before", Model(HmmStart.BeforeFirstObservation).LogProb(data));
        c.Check("filtered", model.Filter(data));
        c.Check("smoothed", model.Smooth(data));
        c.Check("expected_transitions", model.ExpectedTransitions(data));
        c.Check("viterbi_path", model.Viterbi(data).States);
        c.Check("viterbi_log_prob", model.Viterbi(data).LogProb);
        c.Check("forecast_state", model.Forecast(data, c.Integer("horizon")));

        // Log-probabilities moved on their own: the expected uses of each.
        JsonElement gradient = c.Expected.GetProperty("gradient");
        c.Check(gradient, "log_start", model.Smooth(data)[0]);
        c.Check(gradient, "log_transition", model.ExpectedTransitions(data));
        Tensor[] slopes = Gradient.Of(density, numbers);
        Assert.All(gradient.EnumerateObject(), entry => Assert.Contains(entry.Name, (string[])["log_start", "log_transition", .. names]));
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == "probs" && gradient.TryGetProperty("probs", out JsonElement free))
            {
                // The file moves probabilities on their own; the family keeps their sum.
                Tensor slope = GoldenCase.Tensor(free), rest = slope - (numbers[i].Detach() * slope).Sum(-1, keepDimensions: true);
                Close.Assert(slopes[i], rest, 1e-9, 1e-9, $"{name}, {names[i]}");
                continue;
            }
            c.Check(gradient, names[i], slopes[i]);
        }

        Hmm Model(HmmStart where) => emission.GetProperty("kind").GetString() switch
        {
            "normal" => GaussianHmm.Of(start, transition, numbers[0], numbers[1], y.Count, where, seen),
            "poisson" => new Hmm(start, transition, new Poisson(numbers[0]), y.Count, where, seen),

            "categorical" => CategoricalHmm.Of(start, transition, numbers[0].Log(), y.Count, where, seen),
            string other => throw new InvalidOperationException($"No model is written for emissions of kind {other} of {c.Name}."),
            null => throw new InvalidOperationException($"{c.Name} has no kind of emissions."),
        };
    }
}
