using System.Globalization;

namespace Pyrite.Tests;

/// <summary>Reads equations as the golden file writes them: names side by side are multiplied, and lines without a prime name parts.</summary>
internal sealed class EquationText
{
    private readonly Dictionary<string, string> parts = [];
    private readonly List<string> slopes = [];

    public EquationText(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] sides = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides[0].EndsWith('\''))
            {
                Names.Add(sides[0][..^1]);
                slopes.Add(sides[1]);
            }
            else
            {
                parts[sides[0]] = sides[1];
            }
        }
    }

    /// <summary>The components of the state.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The slope of a state.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state, a vector.</param>
    /// <param name="parameters">The parameters by name.</param>
    public Tensor Slope(Tensor t, Tensor y, IReadOnlyDictionary<string, Tensor> parameters)
    {
        Dictionary<string, Tensor> known = new(parameters) { ["t"] = t };
        for (int i = 0; i < Names.Count; i++)
        {
            known[Names[i]] = y[i];
        }
        return Tensor.Stack([.. slopes.Select(slope => new Reader(slope, known, parts).Whole())]);
    }

    private sealed class Reader(string text, Dictionary<string, Tensor> known, Dictionary<string, string> parts)
    {
        private int at;

        public Tensor Whole()
        {
            Tensor value = Sum();
            Assert.True(at == text.Length, $"\"{text}\" was not understood from place {at} on.");
            return value;
        }

        private Tensor Sum()
        {
            Tensor value = Product();
            while (true)
            {
                if (Takes('+'))
                {
                    value = value + Product();
                }
                else if (Takes('-'))
                {
                    value = value - Product();
                }
                else
                {
                    return value;
                }
            }
        }

        private Tensor Product()
        {
            Tensor value = Signed();
            while (true)
            {
                if (Takes('*'))
                {
                    value = value * Signed();
                }
                else if (Takes('/'))
                {
                    value = value / Signed();
                }
                else if (Next() is var next && (char.IsLetterOrDigit(next) || next == '('))
                {
                    value = value * Power();
                }
                else
                {
                    return value;
                }
            }
        }

        private Tensor Signed() => Takes('-') ? -Signed() : Power();

        private Tensor Power()
        {
            Tensor value = Single();
            return Takes('^') ? value.Pow(Signed()) : value;
        }

        private Tensor Single()
        {
            if (Takes('('))
            {
                Tensor inner = Sum();
                Assert.True(Takes(')'), $"\"{text}\" lacks a bracket at place {at}.");
                return inner;
            }
            int start = at;
            if (char.IsDigit(Next()) || Next() == '.')
            {
                while (at < text.Length && (char.IsDigit(text[at]) || text[at] == '.' || (text[at] is 'e' or 'E' && at + 1 < text.Length
                    && (char.IsDigit(text[at + 1]) || text[at + 1] == '-'))))
                {
                    at += text[at] is 'e' or 'E' ? 2 : 1;
                }
                return double.Parse(text[start..at], CultureInfo.InvariantCulture);
            }
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }
            string name = text[start..at];
            return known.TryGetValue(name, out Tensor? value) ? value
                : parts.TryGetValue(name, out string? part) ? new Reader(part, known, parts).Whole()
                : name switch
                {
                    "sin" => Single().Sin(),
                    "cos" => Single().Cos(),
                    "exp" => Single().Exp(),
                    "log" => Single().Log(),
                    "sqrt" => Single().Sqrt(),
                    "tanh" => Single().Tanh(),
                    _ => throw new InvalidDataException($"\"{text}\" has an unknown name \"{name}\"."),
                };
        }

        private char Next()
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }
            return at < text.Length ? text[at] : '\0';
        }

        private bool Takes(char sign)
        {
            bool takes = Next() == sign;
            at += takes ? 1 : 0;
            return takes;
        }
    }
}
