#!/usr/bin/env dotnet
// Pyrite in miniature: a probabilistic language and stochastic variational inference in under 300 lines, over distributions and gradients alone.
// It is meant to be read from top to bottom. The real library adds names for errors, plates of any kind, more effects, and speed; the ideas are all
// here. A test runs this file beside Pyrite itself: the losses are equal to the last bit in the first step. Run it: dotnet run
// samples/99-mini-pyrite.cs        (PYRITE_SHORT=1 makes no difference: it takes a second)
#:project ../src/Pyrite.Distributions
#:property PublishAot=false
using MiniPyrite;
using Pyrite;
using static MiniPyrite.Language;

Tensor data = Tensor.From([-0.5f, 2f]);
var svi = new MiniSvi<Tensor>(Example.Model, Example.Guide, learningRate: 0.02, seed: 3);
for (int step = 0; step < 3_000; step++)
{
    svi.LearningRate = 0.02 / (1 + (step / 100.0));
    svi.Step(data);
}
double loc = svi.Store.Value("loc").Item(), scale = svi.Store.Value("scale").Item();
Console.WriteLine($"posterior of z: {loc:F3} ± {scale:F3} (exactly 0.500 ± 0.577)");

// The check: z ~ N(0, 1) and two observations from N(z, 1) give z ~ N(sum / 3, 1 / sqrt 3).
bool passed = Math.Abs(loc - 0.5) < 0.05 && Math.Abs(scale - 0.577) < 0.05;
Console.WriteLine(passed ? "check passed" : "check FAILED");
return passed ? 0 : 1;

namespace MiniPyrite
{
    /// <summary>A model and a guide, as a user writes them.</summary>
    public static class Example
    {
        public static void Model(Tensor x)
        {
            Tensor z = Sample("z", new Normal(0, 1));
            using (Plate("data", x.Shape[0]))
            {
                Sample("x", new Normal(z, 1), observed: x);
            }
        }

        public static void Guide(Tensor x) => Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive)));
    }

    /// <summary>One statement on its way through the effects: what was asked, and the answer as far as it is known.</summary>
    public sealed class Message
    {
        public required string Name { get; init; }

        /// <summary>What a random variable follows; null for a parameter.</summary>
        public Distribution? Distribution { get; set; }

        /// <summary>Where a parameter starts, and what values it may have.</summary>
        public Tensor? Start { get; init; }

        public Constraint Constraint { get; init; } = Constraints.Real;

        public Tensor? Value { get; set; }

        public bool IsObserved { get; init; }

        /// <summary>Subsampling multiplies log-densities.</summary>
        public double Scale { get; set; } = 1;

        /// <summary>The source of the draw.</summary>
        public RandomKey Key { get; set; }

        /// <summary>Effects further out do not see the statement.</summary>
        public bool IsHidden { get; set; }

        public Tensor LogProb()
        {
            Tensor result = Distribution!.LogProb(Value!);
            return Scale == 1 ? result : result * Scale;
        }
    }

    /// <summary>Changes or watches the statements made while its scope is open. Everything below is made of these.</summary>
    public abstract class Effect : IDisposable
    {
        // The only ambient state of the language: the effects of this thread, outermost first.
        [ThreadStatic]
        private static List<Effect>? stack;

        protected Effect() => (stack ??= []).Add(this);

        public void Dispose() => stack!.RemoveRange(stack.IndexOf(this), stack.Count - stack.IndexOf(this));

        /// <summary>On the way out, from the innermost effect to the outermost: the answer is not known yet.</summary>
        public virtual void Before(Message message)
        {
        }

        /// <summary>On the way back, with the answer.</summary>
        public virtual void After(Message message)
        {
        }

        /// <summary>Sends a statement out and back. In between, what nobody has answered gets the default answer.</summary>
        public static Tensor Apply(Message message)
        {
            Effect[] effects = [.. stack ?? []];
            int reached = effects.Length;
            while (reached > 0 && !message.IsHidden)
            {
                effects[--reached].Before(message);
            }
            message.Value ??= message.Distribution?.Sample(message.Key) ?? message.Start;
            for (; reached < effects.Length; reached++)
            {
                effects[reached].After(message);
            }
            return message.Value!;
        }

        /// <summary>How many open effects are of a kind.</summary>
        public static int Count<TEffect>() => stack?.OfType<TEffect>().Count() ?? 0;
    }

    /// <summary>The statements. They only build messages; all meaning lies in the effects.</summary>
    public static class Language
    {
        public static Tensor Sample(string name, Distribution distribution, Tensor? observed = null) =>
            Effect.Apply(new Message { Name = name, Distribution = distribution, Value = observed, IsObserved = observed is not null });

        public static Tensor Param(string name, Tensor start, Constraint? constraint = null) =>
            Effect.Apply(new Message { Name = name, Start = start, Constraint = constraint ?? Constraints.Real });

        public static PlateEffect Plate(string name, int size, int? subsampleSize = null) => new(name, size, subsampleSize ?? size);
    }

    /// <summary>Independent copies along a batch dimension: expands what is sampled inside, and scales it up from the subsample to the
    /// whole.</summary>
    public sealed class PlateEffect : Effect
    {
        private readonly int size;
        private readonly int subsampleSize;
        private readonly int dimension;

        // The first plate takes the last batch dimension, the next one the dimension before, and so on; this one is on the stack already.
        public PlateEffect(string name, int size, int subsampleSize) =>
            (Name, this.size, this.subsampleSize, dimension) = (name, size, subsampleSize, -Count<PlateEffect>());

        public string Name { get; }

        public override void Before(Message message)
        {
            if (message.Distribution is not { } distribution)
            {
                return;
            }
            Shape batch = distribution.BatchShape;
            while (batch.Rank < -dimension)
            {
                batch = Shape.Create(1) + batch;
            }
            if (batch[dimension] == 1)
            {
                message.Distribution = distribution.Expand(batch.Replace(dimension, subsampleSize));
            }
            message.Scale *= (double)size / subsampleSize;
        }
    }

    /// <summary>Writes down what happened.</summary>
    public sealed class TraceEffect : Effect
    {
        public OrderedDictionary<string, Message> Messages { get; } = [];

        public override void After(Message message) => Messages[message.Name] = message;

        public static OrderedDictionary<string, Message> Of(Action model)
        {
            using TraceEffect trace = new();
            model();
            return trace.Messages;
        }
    }

    /// <summary>Repeats the draws of an earlier run; data stays data.</summary>
    public sealed class ReplayEffect(OrderedDictionary<string, Message> earlier) : Effect
    {
        public override void Before(Message message)
        {
            if (message.Distribution is not null && !message.IsObserved && earlier.TryGetValue(message.Name, out Message? before))
            {
                message.Value = before.Value;
            }
        }
    }

    /// <summary>Decides randomness: the key of a draw comes from a key and the site's name, so other sites do not matter.</summary>
    public sealed class SeedEffect(RandomKey key) : Effect
    {
        public override void Before(Message message) => message.Key = key.Child(message.Name);
    }

    /// <summary>Hides statements from the effects further out.</summary>
    public sealed class BlockEffect(Func<Message, bool> hides) : Effect
    {
        public override void Before(Message message) => message.IsHidden |= hides(message);
    }

    /// <summary>The parameters of an inference. They are kept on the unconstrained side of a bijection, where gradient steps cannot leave the
    /// constraint.</summary>
    public sealed class ParamStore
    {
        private readonly Dictionary<string, (Parameter Unconstrained, Transform Transform)> entries = [];

        public Tensor Value(string name) => entries[name].Transform.Forward(entries[name].Unconstrained.Value);

        public Parameter Unconstrained(string name) => entries[name].Unconstrained;

        public Tensor GetOrStart(Message message)
        {
            if (!entries.ContainsKey(message.Name))
            {
                Transform transform = ConstraintRegistry.BijectTo(message.Constraint);
                Tensor start = message.Start!.To(DType.Float32);
                entries.Add(message.Name, (new Parameter(transform.Inverse(start)), transform));
            }
            return Value(message.Name);
        }
    }

    /// <summary>Answers parameter statements from a store.</summary>
    public sealed class StoreEffect(ParamStore store) : Effect
    {
        public override void Before(Message message)
        {
            if (message.Distribution is null)
            {
                message.Value = store.GetOrStart(message);
            }
        }
    }

    /// <summary>Stochastic variational inference: run the guide, replay its draws in the model, and follow the gradient of log q - log p.</summary>
    public sealed class MiniSvi<T>(Action<T> model, Action<T> guide, double learningRate, ulong seed)
    {
        private readonly RandomKey root = RandomKey.FromSeed(seed).Child("svi step");
        private readonly Dictionary<Parameter, (Tensor First, Tensor Second)> moments = [];
        private int steps;

        public ParamStore Store { get; } = new();

        public double LearningRate { get; set; } = learningRate;

        /// <summary>One gradient step; returns the loss, minus the evidence lower bound.</summary>
        public double Step(T data)
        {
            // The key of a draw is (seed, step, particle, guide or model, site): nothing else can influence it.
            RandomKey key = root.Child(steps++).Child(0);
            using StoreEffect parameters = new(Store);
            OrderedDictionary<string, Message> guided = Run(() => guide(data), key.Child("guide"));
            OrderedDictionary<string, Message> modelled;
            using (new ReplayEffect(guided))
            {
                modelled = Run(() => model(data), key.Child("model"));
            }

            // The guide's draws are reparameterized, so the gradient of this one sample is that of the expectation, without bias.
            Tensor loss = LogProb(guided) - LogProb(modelled);
            Parameter[] used =
                [.. guided.Values.Concat(modelled.Values).Where(m => m.Distribution is null).Select(m => Store.Unconstrained(m.Name)).Distinct()];
            Tensor[] gradients = Gradient.Of(loss, [.. used.Select(p => p.Value)]);
            for (int i = 0; i < used.Length; i++)
            {
                Adam(used[i], gradients[i]);
            }
            return loss.Item();
        }

        private static OrderedDictionary<string, Message> Run(Action program, RandomKey key)
        {
            using SeedEffect draws = new(key);
            return TraceEffect.Of(program);
        }

        private static Tensor LogProb(OrderedDictionary<string, Message> trace) =>
            trace.Values.Where(m => m.Distribution is not null).Select(m => m.LogProb().Sum()).Aggregate((a, b) => a + b);

        /// <summary>Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.</summary>
        private void Adam(Parameter parameter, Tensor gradient)
        {
            using NoGradient.Scope untracked = NoGradient.Begin();
            (Tensor first, Tensor second) = moments.GetValueOrDefault(parameter, (0.0, 0.0));
            (first, second) = ((0.9 * first) + (0.1 * gradient), (0.999 * second) + (0.001 * gradient.Square()));
            moments[parameter] = (first, second);
            Tensor mean = first / (1 - Math.Pow(0.9, steps)), size = (second / (1 - Math.Pow(0.999, steps))).Sqrt();
            parameter.Assign(parameter.Value - (LearningRate * mean / (size + 1e-8)));
        }
    }
}
