using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Microsoft.CodeAnalysis
{
    /// <summary>Hides a type of one assembly from all others, also from those that see its internals.</summary>
    internal sealed partial class EmbeddedAttribute : Attribute;
}

namespace System.Runtime.CompilerServices
{
    /// <summary>What the compiler writes <c>$"…"</c> with in the libraries and apps: like the framework's type of this name, but always in the
    /// invariant culture.</summary>
    /// <remarks>
    /// The framework's formats numbers in the culture of the thread, so a message, a file or a tick mark would read <c>1e−1</c> in Swedish and
    /// <c>0,5</c> in German. The compiler takes the type of this name from the assembly it compiles when there is one; every project under <c>src</c>
    /// and <c>apps</c> compiles this file, so no interpolated string can depend on the culture. A house rule reads the compiled assemblies and finds
    /// what formats or parses in another way (<c>ToString</c>, <c>Parse</c>, <c>string.Join</c> of numbers…).
    /// </remarks>
    [Microsoft.CodeAnalysis.Embedded]
    [InterpolatedStringHandler]
    [EditorBrowsable(EditorBrowsableState.Never)]
    internal ref struct DefaultInterpolatedStringHandler
    {
        // What a hole takes on average; the framework guesses the same.
        private const int LettersOfHole = 11;

        // One builder for each thread, taken while a string is written: strings within strings get one of their own.
        [ThreadStatic]
        private static StringBuilder? kept;

        private readonly StringBuilder text;
        private StringBuilder.AppendInterpolatedStringHandler inner;

        public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            text = kept ?? new StringBuilder(literalLength + formattedCount * LettersOfHole);
            kept = null;
            inner = new StringBuilder.AppendInterpolatedStringHandler(literalLength, formattedCount, text, CultureInfo.InvariantCulture);
        }

        public void AppendLiteral(string value) => inner.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => inner.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string? format) => inner.AppendFormatted(value, format);

        public void AppendFormatted<T>(T value, int alignment) => inner.AppendFormatted(value, alignment);

        public void AppendFormatted<T>(T value, int alignment, string? format) => inner.AppendFormatted(value, alignment, format);

        public void AppendFormatted(ReadOnlySpan<char> value) => inner.AppendFormatted(value);

        public void AppendFormatted(ReadOnlySpan<char> value, int alignment = 0, string? format = null) =>
            inner.AppendFormatted(value, alignment, format);

        public void AppendFormatted(string? value) => inner.AppendFormatted(value);

        public void AppendFormatted(string? value, int alignment = 0, string? format = null) => inner.AppendFormatted(value, alignment, format);

        public string ToStringAndClear()
        {
            string result = text.ToString();
            text.Clear();
            // A builder that has grown large is not kept alive.
            if (text.Capacity <= 4096)
            {
                kept = text;
            }

            return result;
        }
    }
}
