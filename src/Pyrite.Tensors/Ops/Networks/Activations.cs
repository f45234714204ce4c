using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Activating;
using Pyrite.Ops.Elementwise.Bounds;

namespace Pyrite;

/// <summary>Activation functions of networks beyond ReLU, sigmoid, softplus and tanh.</summary>
public static class Activations
{
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    extension(Tensor x)
    {
        /// <summary>log(x / (1 - x)), the inverse of the sigmoid; ±∞ at 1 and 0.</summary>
        public Tensor Logit() => x.Log() - (-x).Log1p();

        /// <summary>log(1 / (1 + e⁻ˣ)), exact for any size of x.</summary>
        public Tensor LogSigmoid() => -(-x).Softplus();

        /// <summary>x cut off at 0 and 6.</summary>
        public Tensor Relu6() => x.HardTanh(0, 6);

        /// <summary>x cut off at bounds; gradient 0 at and beyond them.</summary>
        public Tensor HardTanh(double low = -1, double high = 1) => Transform<Clamp>.Of(new Clamp(low, high, Inclusive: false), x);

        /// <summary>Relu6(x + 3) / 6, a sigmoid made of straight lines.</summary>
        public Tensor HardSigmoid() => (x + 3).Relu6() / 6;

        /// <summary>x where it is positive, else slope · x; slope at 0.</summary>
        public Tensor LeakyRelu(double slope = 0.01) => Transform<LeakyRelu>.Of(new LeakyRelu(slope), x);

        /// <summary>x where it is positive, else alpha · (eˣ - 1) (Clevert, Unterthiner, Hochreiter 2015).</summary>
        public Tensor Elu(double alpha = 1) => Transform<ExponentialUnit>.Of(new ExponentialUnit(alpha, 1, 1), x);

        /// <summary>x where it is positive, else alpha · (e^(x / alpha) - 1) (Barron 2017).</summary>
        public Tensor Celu(double alpha = 1) => Transform<ExponentialUnit>.Of(new ExponentialUnit(alpha, 1, 1 / alpha), x);

        /// <summary>The self-normalizing ELU (Klambauer et al. 2017).</summary>
        public Tensor Selu() => Transform<ExponentialUnit>.Of(new ExponentialUnit(SeluAlpha, SeluScale, 1), x);

        /// <summary>x · sigmoid(x), also called swish.</summary>
        public Tensor Silu() => Map<SiluKernel>.Of(x);

        /// <summary>x · tanh(softplus(x)) (Misra 2019).</summary>
        public Tensor Mish() => x * x.Softplus().Tanh();

        /// <summary>x / (1 + |x|).</summary>
        public Tensor Softsign() => x / (1.0 + x.Abs());

        /// <summary>x · Φ(x) with the standard Normal distribution function (Hendrycks and Gimpel 2016).</summary>
        public Tensor Gelu() => x * x.NormalCdf();

        /// <summary>The tanh approximation of x · Φ(x) (Hendrycks and Gimpel 2016).</summary>
        public Tensor GeluTanh() => 0.5 * x * (1.0 + (Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x.Pow(3)))).Tanh());
    }
}
