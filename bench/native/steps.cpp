// The C++ side of bench/TensorOverhead: the same networks and training steps on torch::nn, without a border in between.
#include <torch/torch.h>

#include <memory>

#define D3_API extern "C" __attribute__((visibility("default")))

namespace {
namespace nn = torch::nn;
namespace F = torch::nn::functional;

struct Training {
  virtual ~Training() = default;
  virtual double step() = 0;
};

struct Block : nn::Module {
  nn::Conv2d a{nullptr}, b{nullptr};
  Block(int64_t in, int64_t out) {
    a = register_module("a", nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1)));
    b = register_module("b", nn::Conv2d(nn::Conv2dOptions(out, out, 3).padding(1)));
  }
  torch::Tensor forward(const torch::Tensor& x) { return b(a(x).relu()).relu(); }
};

struct UNet : nn::Module {
  std::vector<std::shared_ptr<Block>> down, up;
  nn::Conv2d head{nullptr};
  UNet() {
    const std::vector<int64_t> c{20, 40, 80, 160, 160};
    for (size_t i = 0; i < c.size(); ++i)
      down.push_back(register_module("down" + std::to_string(i), std::make_shared<Block>(i ? c[i - 1] : 3, c[i])));
    for (size_t i = c.size() - 1; i-- > 0;)
      up.push_back(register_module("up" + std::to_string(i), std::make_shared<Block>(c[i + 1] + c[i], c[i])));
    head = register_module("head", nn::Conv2d(nn::Conv2dOptions(c[0], 1, 1)));
  }
  torch::Tensor forward(torch::Tensor x) {
    std::vector<torch::Tensor> skips;
    for (size_t i = 0; i < down.size(); ++i) {
      if (i) x = at::avg_pool2d(x, {2, 2}, {2, 2});
      x = down[i]->forward(x);
      skips.push_back(x);
    }
    for (size_t i = 0; i < up.size(); ++i) {
      const auto& skip = skips[skips.size() - 2 - i];
      x = at::upsample_bilinear2d(x, {skip.size(2), skip.size(3)}, false);
      x = up[i]->forward(at::cat({x, skip}, 1));
    }
    return head(x);
  }
};

struct UNetTraining : Training {
  std::shared_ptr<UNet> net = std::make_shared<UNet>();
  torch::Tensor x, y;
  std::unique_ptr<torch::optim::Adam> adam;
  explicit UNetTraining(bool channels_last) {
    x = torch::rand({2, 3, 112, 192});
    y = torch::rand({2, 1, 112, 192});
    if (channels_last) {
      x = x.contiguous(at::MemoryFormat::ChannelsLast);
      for (auto& p : net->parameters())
        if (p.dim() == 4) p.set_data(p.detach().contiguous(at::MemoryFormat::ChannelsLast));
    }
    adam = std::make_unique<torch::optim::Adam>(net->parameters(), torch::optim::AdamOptions(1e-4));
  }
  double step() override {
    adam->zero_grad();
    auto loss = at::l1_loss(net->forward(x), y);
    loss.backward();
    adam->step();
    return loss.item<double>();
  }
};

struct MlpTraining : Training {
  nn::Sequential net{nn::Linear(63, 256), nn::ReLU(), nn::Linear(256, 256), nn::ReLU(), nn::Linear(256, 256), nn::ReLU(), nn::Linear(256, 3)};
  torch::Tensor x = torch::rand({21504, 63}), y = torch::rand({21504, 3});
  torch::optim::Adam adam{net->parameters(), torch::optim::AdamOptions(1e-4)};
  double step() override {
    adam.zero_grad();
    auto loss = at::l1_loss(net->forward(x), y);
    loss.backward();
    adam.step();
    return loss.item<double>();
  }
};
}  // namespace

// kind 0 = U-Net, 1 = U-Net channels last, 2 = MLP
D3_API void* d3b_training(int kind) {
  if (kind == 2) return new MlpTraining();
  return new UNetTraining(kind == 1);
}
D3_API double d3b_step(void* training) { return static_cast<Training*>(training)->step(); }
D3_API void d3b_free(void* training) { delete static_cast<Training*>(training); }
D3_API int64_t d3b_unet_parameters() {
  int64_t count = 0;
  for (const auto& p : UNet().parameters()) count += p.numel();
  return count;
}
