using System.Reflection;

namespace Pyrite.Tests;

/// <summary>Scores that recorded steps take as a whole.</summary>
public sealed class ScoreCallTests
{
    public static TheoryData<string> Families => [.. typeof(Distribution).Assembly.GetTypes()
        .Where(
            type =>
                type.IsSubclassOf(typeof(Distribution))
                    && type.GetProperty(nameof(Distribution.IsScoredByParameters), BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType
                        == type)
        .Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Follow_parameters_values_and_plain_numbers_with_the_bits_of_eager_scores(string family)
    {
        Type type = typeof(Distribution).Assembly.GetType("Pyrite." + family)!;
        ConstructorInfo constructor = type.GetConstructors()[0];
        int tensors = constructor.GetParameters().Count(p => p.ParameterType == typeof(Tensor));
        for (int step = 0; step < 12; step++)
        {
            Tensor value = Tensor.From([0.2 + (0.03 * step), 0.5, 0.9]).Keep();
            Tensor parameter = Tensor.From([0.7 + (0.1 * step), 1.5, 2.5]).Keep();
            double number = step is 4 or 7 ? 1.25 : 0.75;
            double[] expected = Score(value * 1, parameter * 1);
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Score(value * 1, parameter * 1));

            double[] Score(Tensor x, Tensor p)
            {
                object?[] arguments =
                    [.. constructor.GetParameters()
                        .Select(a => a.ParameterType == typeof(bool) ? true : a.Position == tensors - 1 ? p : (object?)(Tensor)number)];
                return ((Distribution)constructor.Invoke(arguments)).LogProb(x).ToArray<double>();
            }
        }
    }

    /// <summary>An image is scored by what it was made of, so the call depends on that too, and its gradients go there.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Of_images_follow_what_these_were_made_of_with_the_bits_of_eager_scores(string family)
    {
        ConstructorInfo constructor = typeof(Distribution).Assembly.GetType("Pyrite." + family)!.GetConstructors()[0];
        int tensors = constructor.GetParameters().Count(p => p.ParameterType == typeof(Tensor));
        for (int step = 0; step < 12; step++)
        {
            Tensor free = Tensor.From([-0.4 + (0.03 * step), 0.5, 0.9]).Keep();
            Tensor parameter = Tensor.From([0.7 + (0.1 * step), 1.5, 2.5]).Keep();
            double[] expected = Scored(free.AsVariable());
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Scored((free * 1).AsVariable()));

            double[] Scored(Tensor u)
            {
                object?[] arguments =
                    [.. constructor.GetParameters()
                        .Select(a => a.ParameterType == typeof(bool) ? true : a.Position == tensors - 1 ? parameter * 1 : (object?)(Tensor)0.75)];
                Distribution member = (Distribution)constructor.Invoke(arguments);
                Tensor score = member.LogProb((member.Support.Bijection ?? new IdentityTransform()).Forward(u)).Sum();
                return [score.Item(), .. Gradient.OrNull(score, [u])[0]?.ToArray<double>() ?? []];
            }
        }
    }

    [Fact]
    public void Refuse_a_value_in_a_later_step_in_the_words_of_that_step()
    {
        for (int step = 0; step < 5; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor value = Tensor.Full([2], step < 4 ? 0.5 : -0.25, DType.Float64) * 1;
            Tensor score = new Gamma(2.0, Tensor.Full([2], 1 + step, DType.Float64)).LogProb(value);
            if (step < 4)
            {
                Assert.Equal(new Gamma(2.0, 1.0 + step).LogProb(0.5).Item(), score.ToArray<double>()[0], 6);
            }
            else
            {
                Assert.Contains("-0.25", Assert.Throws<ArgumentException>(() => score.ToArray<double>()).Message, StringComparison.Ordinal);
            }
        }
    }
}
