using System.Buffers;
using Pyrite.Filtering;

namespace Pyrite.Autoregression;

/// <summary>The Kalman filter of an autoregressive moving average in companion form, forward and back.</summary>
/// <remarks>Without observation noise an observation makes the first state known, so that P' = shift(P - g g'/F) + R R'. Variances are in units of
/// that of the
/// innovations.</remarks>
internal sealed class ArmaPass : IDisposable
{
    // A covariance that has changed by less than this share has stopped changing.
    private const double Rounding = 4e-16;

    private readonly ArmaShape shape;
    private readonly int size;
    private readonly double[] memory;
    private readonly int[] rows;
    private int covariances;
    private double squares;
    private int seen;
    private bool isSteady;

    public ArmaPass(ArmaShape shape)
    {
        this.shape = shape;
        size = shape.States;
        memory = ArrayPool<double>.Shared.Rent((shape.Steps * size) + ((shape.Steps + 1) * size * size) + (2 * size));
        rows = ArrayPool<int>.Shared.Rent(shape.Steps);
    }

    // The predicted states, the entries of φ and R, and the covariances, of which equal ones in a row are kept once.
    private Span<double> Ar => memory.AsSpan(0, size);

    private Span<double> Entry => memory.AsSpan(size, size);

    private Span<double> StateOf(int step) => memory.AsSpan((2 + step) * size, size);

    private Span<double> Covariance(int row) => memory.AsSpan((2 + shape.Steps) * size + (row * size * size), size * size);

    /// <summary>The log-likelihood; NaN where the process is not stationary.</summary>
    public double Run(ReadOnlySpan<double> numbers)
    {
        double scale = numbers[shape.Scale];
        Ar.Clear();
        numbers[..shape.Ar].CopyTo(Ar);
        Entry.Clear();
        Entry[0] = 1;
        numbers.Slice(shape.Ar, shape.Ma).CopyTo(Entry[1..]);
        Start(Covariance(0));
        StateOf(0).Clear();
        (covariances, squares, seen) = (0, 0, 0);
        double product = 1, logarithms = 0, inverse = 0;
        int row = -1;
        for (int t = 0; t < shape.Steps; t++)
        {
            rows[t] = covariances;
            ReadOnlySpan<double> state = StateOf(t), covariance = Covariance(covariances);
            double variance = covariance[0], value = numbers[shape.Data + t];
            bool isSeen = IsSeen(numbers, t);
            (inverse, row) = row == covariances ? (inverse, row) : (1 / variance, covariances);
            double share = isSeen ? (value - state[0]) * inverse : 0;
            if (isSeen)
            {
                squares += (value - state[0]) * share;
                seen++;
                product *= variance;
                if (product is > 1e100 or < 1e-100)
                {
                    (logarithms, product) = (logarithms + Math.Log(product), 1);
                }
            }
            if (t + 1 < shape.Steps)
            {
                Move(state, covariance, isSeen ? value : state[0], share, StateOf(t + 1));
                Spread(t, covariance, isSeen);
            }
        }
        return (-0.5 * ((seen * FilterPass.LogTwoPi) + logarithms + Math.Log(product) + (squares / (scale * scale)))) - (seen * Math.Log(scale));
    }

    /// <summary>Adds the gradient of the log-likelihood, after <see cref="Run"/>.</summary>
    public void Backward(ReadOnlySpan<double> numbers, Span<double> gradient)
    {
        double scale = numbers[shape.Scale], precision = 1 / (scale * scale);
        double[] rented = ArrayPool<double>.Shared.Rent((4 * size) + (2 * size * size));
        Span<double> ofState = rented.AsSpan(0, size), ofGain = rented.AsSpan(size, size), ofAr = rented.AsSpan(2 * size, size);
        Span<double> ofEntry = rented.AsSpan(3 * size, size), spread = rented.AsSpan(4 * size, size * size);
        Span<double> before = rented.AsSpan((4 * size) + (size * size), size * size);
        rented.AsSpan(0, (4 * size) + (size * size)).Clear();
        Span<double> data = gradient.Slice(shape.Data, shape.Steps);
        bool isPair = size == 2 && !shape.HasGaps;
        if (isPair)
        {
            BackThroughPairs(numbers, precision, data, ofAr, ofEntry, spread);
        }
        for (int t = isPair ? -1 : shape.Steps - 1; t >= 0; t--)
        {
            before.Clear();
            ReadOnlySpan<double> state = StateOf(t), covariance = Covariance(rows[t]);
            double variance = covariance[0], value = numbers[shape.Data + t];
            if (IsSeen(numbers, t))
            {
                double innovation = value - state[0], share = innovation / variance, ofInnovation = -precision * share;
                double ofVariance = -0.5 * ((1 / variance) - (precision * share * share));
                if (t + 1 < shape.Steps)
                {
                    (double inData, double inShare, double inVariance) = BackThroughSeen(covariance, value, share, ofState, ofGain, ofAr, ofEntry,
                        spread, before);
                    data[t] += inData;
                    ofInnovation += inShare / variance;
                    ofVariance += inVariance - (inShare * share / variance);
                }
                else
                {
                    ofState.Clear();
                }
                data[t] += ofInnovation;
                ofState[0] -= ofInnovation;
                before[0] += ofVariance;
            }
            else if (t + 1 < shape.Steps)
            {
                BackThroughGap(state, covariance, ofState, ofAr, ofEntry, spread, before);
            }
            before.CopyTo(spread);
        }
        BackThroughStart(spread, ofAr, ofEntry);
        SmallMatrix.AddScaled(gradient[..shape.Ar], 1, ofAr);
        SmallMatrix.AddScaled(gradient.Slice(shape.Ar, shape.Ma), 1, ofEntry[1..]);
        gradient[shape.Scale] += ((squares * precision) - seen) / scale;
        ArrayPool<double>.Shared.Return(rented);
    }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(memory);
        ArrayPool<int>.Shared.Return(rows);
    }

    private bool IsSeen(ReadOnlySpan<double> numbers, int step) => !shape.HasGaps || numbers[shape.Data + shape.Steps + step] != 0;

    private void Move(ReadOnlySpan<double> state, ReadOnlySpan<double> covariance, double first, double share, Span<double> next)
    {
        ReadOnlySpan<double> ar = Ar;
        for (int i = 0; i + 1 < size; i++)
        {
            next[i] = (ar[i] * first) + state[i + 1] + (covariance[i + 1] * share);
        }
        next[size - 1] = ar[size - 1] * first;
    }

    /// <summary>The next covariance, or the same one again where it no longer changes.</summary>
    private void Spread(int step, ReadOnlySpan<double> covariance, bool isSeen)
    {
        // After two observations in a row with the same covariance it stays while there are observations.
        if (isSeen && step > 0 && rows[step - 1] == covariances && isSteady)
        {
            return;
        }
        ReadOnlySpan<double> ar = Ar, entry = Entry;
        Span<double> next = Covariance(covariances + 1);
        double change = 0, largest = 0, inverse = 1 / covariance[0];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double number = entry[i] * entry[j];
                if (i + 1 < size)
                {
                    number += covariance[((i + 1) * size) + j + 1];
                }
                if (isSeen)
                {
                    number -= i + 1 < size ? covariance[i + 1] * covariance[j + 1] * inverse : 0;
                }
                else
                {
                    number += (ar[i] * (j + 1 < size ? covariance[j + 1] : 0)) + (ar[j] * (i + 1 < size ? covariance[i + 1] : 0))
                        + (ar[i] * ar[j] * covariance[0]);
                }
                next[(i * size) + j] = number;
                next[(j * size) + i] = number;
                change = Math.Max(change, Math.Abs(number - covariance[(i * size) + j]));
                largest = Math.Max(largest, Math.Abs(number));
            }
        }
        isSteady = isSeen && change <= Rounding * largest;
        covariances += isSteady ? 0 : 1;
    }

    /// <summary>All steps of a process with two states and without gaps, in numbers: the same sums as for any other.</summary>
    private void BackThroughPairs(ReadOnlySpan<double> numbers, double precision, Span<double> data, Span<double> ofAr, Span<double> ofEntry,
        Span<double> spread)
    {
        (double first, double second, double entry) = (Ar[0], Ar[1], Entry[1]);
        (double m0, double m1, double s00, double s01, double s11, double ofFirst, double ofSecond, double ofStep) = (0, 0, 0, 0, 0, 0, 0, 0);
        int row = -1;
        (double gain, double inverse) = (0, 0);
        for (int t = shape.Steps - 1; t >= 0; t--)
        {
            if (rows[t] != row)
            {
                row = rows[t];
                (inverse, gain) = (1 / Covariance(row)[0], Covariance(row)[1]);
            }
            double value = numbers[shape.Data + t], share = (value - memory[(2 + t) * 2]) * inverse;
            ofFirst += m0 * value;
            ofSecond += m1 * value;
            ofStep += 2 * (s01 + (s11 * entry));
            double loss = gain * inverse, ofGain = (m0 * share) - (2 * s00 * loss), ofShare = m0 * gain;
            double ofInnovation = (ofShare * inverse) - (precision * share);
            double ofVariance = (s00 * loss * loss) - (ofShare * share * inverse) - (0.5 * (inverse - (precision * share * share)));
            data[t] += (m0 * first) + (m1 * second) + ofInnovation;
            (m0, m1) = (-ofInnovation, m0);
            (s00, s01, s11) = (ofVariance, 0.5 * ofGain, s00);
        }
        (ofAr[0], ofAr[1], ofEntry[1]) = (ofFirst, ofSecond, ofStep);
        (spread[0], spread[1], spread[2], spread[3]) = (s00, s01, s01, s11);
    }

    private (double InData, double InShare, double InVariance) BackThroughSeen(ReadOnlySpan<double> covariance, double value, double share,
        Span<double> ofState,
        Span<double> ofGain, Span<double> ofAr, Span<double> ofEntry, ReadOnlySpan<double> spread, Span<double> before)
    {
        ReadOnlySpan<double> ar = Ar, entry = Entry;
        double inData = 0, inShare = 0, inVariance = 0, inverse = 1 / covariance[0];
        ofGain.Clear();
        for (int i = 0; i < size; i++)
        {
            double slope = ofState[i];
            ofAr[i] += slope * value;
            inData += slope * ar[i];
            double ofSteps = 0, ofLosses = 0;
            for (int j = 0; j < size; j++)
            {
                double number = spread[(i * size) + j];
                ofSteps += number * entry[j];
                if (j + 1 < size)
                {
                    ofLosses += number * covariance[j + 1];
                    if (i + 1 < size)
                    {
                        before[((i + 1) * size) + j + 1] = number;
                    }
                }
            }
            ofEntry[i] += 2 * ofSteps;
            if (i + 1 < size)
            {
                ofGain[i + 1] = (slope * share) - (2 * ofLosses * inverse);
                inShare += slope * covariance[i + 1];
                inVariance += ofLosses * covariance[i + 1] * inverse * inverse;
            }
        }
        for (int i = size - 1; i > 0; i--)
        {
            ofState[i] = ofState[i - 1];
            before[i] += 0.5 * ofGain[i];
            before[i * size] += 0.5 * ofGain[i];
        }
        ofState[0] = 0;
        return (inData, inShare, inVariance);
    }

    private void BackThroughGap(ReadOnlySpan<double> state, ReadOnlySpan<double> covariance, Span<double> ofState, Span<double> ofAr,
        Span<double> ofEntry,
        ReadOnlySpan<double> spread, Span<double> before)
    {
        ReadOnlySpan<double> ar = Ar, entry = Entry;
        double first = 0;
        for (int i = 0; i < size; i++)
        {
            ofAr[i] += ofState[i] * state[0];
            first += ofState[i] * ar[i];
            double ofSteps = 0, ofMoves = 0, crossed = 0;
            for (int j = 0; j < size; j++)
            {
                double number = spread[(i * size) + j];
                ofSteps += number * entry[j];
                ofMoves += number * ((j + 1 < size ? covariance[j + 1] : 0) + (ar[j] * covariance[0]));
                crossed += number * ar[j];
                if (i + 1 < size && j + 1 < size)
                {
                    before[((i + 1) * size) + j + 1] += number;
                }
            }
            ofEntry[i] += 2 * ofSteps;
            ofAr[i] += 2 * ofMoves;
            before[0] += crossed * ar[i];
            if (i + 1 < size)
            {
                before[i + 1] += crossed;
                before[(i + 1) * size] += crossed;
            }
        }
        for (int i = size - 1; i > 0; i--)
        {
            ofState[i] = ofState[i - 1];
        }
        ofState[0] = first;
    }

    private void Start(Span<double> covariance)
    {
        if (size == 1)
        {
            double rest = 1 - (Ar[0] * Ar[0]);
            covariance[0] = rest > 0 ? 1 / rest : double.NaN;
            return;
        }
        double[] noise = new double[size * size];
        SmallMatrix.AddOuter(noise, 1, Entry, Entry);
        Lyapunov.Solve(ArmaMoments.Companion(Ar.ToArray(), size), noise, covariance, size);
    }

    private void BackThroughStart(ReadOnlySpan<double> spread, Span<double> ofAr, Span<double> ofEntry)
    {
        if (size == 1)
        {
            double start = Covariance(0)[0];
            ofAr[0] += spread[0] * 2 * Ar[0] * start * start;
            return;
        }
        double[] ofTransition = new double[size * size], ofNoise = new double[size * size];
        Lyapunov.Gradient(ArmaMoments.Companion(Ar.ToArray(), size), Covariance(0), spread, ofTransition, ofNoise, size);
        for (int i = 0; i < size; i++)
        {
            ofAr[i] += ofTransition[i * size];
            ofEntry[i] += 2 * SmallMatrix.Dot(ofNoise.AsSpan(i * size, size), Entry);
        }
    }
}
